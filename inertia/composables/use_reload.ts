import { nextTick } from 'vue'
import { router } from '@inertiajs/vue3'
import { after } from '~/composables/use_live'
import { ReloadGate } from '~/lib/reload_gate'

/**
 * Reads props anew, one request at a time, until it succeeded. `onArrived` is called even when nothing has moved,
 * where a watcher would not be: Inertia keeps props that are equal.
 */
export function useReload(only: string[], onArrived = () => {}) {
  const gate = new ReloadGate(send, after)

  function send(onEnd: (arrived: boolean) => void) {
    let arrived = false

    router.reload({
      only,
      preserveErrors: true,
      onSuccess() {
        arrived = true
        void nextTick(onArrived)
      },
      onNetworkError: () => false,
      onHttpException: () => false,
      onFinish: () => onEnd(arrived),
    })
  }

  return { reload: (delayMs?: number) => gate.ask(delayMs), stop: () => gate.stop() }
}
