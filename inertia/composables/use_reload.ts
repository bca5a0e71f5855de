import { router } from '@inertiajs/vue3'

const RETRY_MS = 2_000

/**
 * Reads props anew, one request at a time: asked again meanwhile, it goes once more afterwards. A request that
 * failed is repeated after two seconds.
 */
export function useReload(only: string[]) {
  let inFlight = false
  let askedAgain: number | null = null
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function reload(delayMs = 0) {
    if (stopped) return
    if (inFlight) {
      askedAgain = Math.min(askedAgain ?? delayMs, delayMs)
      return
    }
    if (delayMs > 0) {
      timer ??= setTimeout(send, delayMs)
      return
    }
    send()
  }

  function send() {
    clearTimeout(timer)
    timer = undefined
    inFlight = true
    askedAgain = null
    let arrived = false

    router.reload({
      only,
      preserveErrors: true,
      onSuccess: () => (arrived = true),
      onNetworkError: () => false,
      onHttpException: () => false,
      onFinish() {
        inFlight = false
        if (!arrived) reload(RETRY_MS)
        else if (askedAgain !== null) reload(askedAgain)
      },
    })
  }

  function stop() {
    stopped = true
    clearTimeout(timer)
  }

  return { reload: (delayMs?: number) => reload(delayMs), stop }
}
