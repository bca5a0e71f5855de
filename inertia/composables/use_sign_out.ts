import { useRouter } from '@adonisjs/inertia/vue'
import { forgetDrafts } from '~/composables/use_draft'

export function useSignOut() {
  const router = useRouter()

  return () => {
    forgetDrafts()
    router.post({ route: 'session.destroy' })
  }
}
