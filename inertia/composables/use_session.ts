import { computed } from 'vue'
import { usePage } from '@inertiajs/vue3'
import { initials } from '~/lib/format'
import { type SharedProps } from '~/types'

/** Who reads this page, where, and as what. */
export function useSession() {
  const page = usePage<SharedProps>()

  return {
    user: computed(() => page.props.user),
    workspace: computed(() => page.props.workspace),
    workspaceMark: computed(() => initials(page.props.workspace?.name ?? 'nyxCore')),
    roleLabel: computed(() => {
      const role = page.props.role ?? ''
      return role.charAt(0).toUpperCase() + role.slice(1)
    }),
    can: computed(() => page.props.can),
    path: computed(() => page.url.split('?')[0]),
  }
}
