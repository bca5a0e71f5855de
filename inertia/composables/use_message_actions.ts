import { ref } from 'vue'
import { useRouter } from '@adonisjs/inertia/vue'

/** Stop and retry of one answer. */
export function useMessageActions(discussionId: string, messageId: string) {
  const router = useRouter()
  const routeParams = { discussion_id: discussionId, message_id: messageId }
  const busy = ref(false)
  const options = {
    preserveScroll: true,
    onStart: () => (busy.value = true),
    onFinish: () => (busy.value = false),
  }

  return {
    busy,
    stop: () =>
      router.post({ route: 'discussions.messages.cancellations.store', routeParams }, {}, options),
    retry: () =>
      router.post({ route: 'discussions.messages.attempts.store', routeParams }, {}, options),
  }
}
