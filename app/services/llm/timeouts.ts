import { LlmError } from '#services/llm/errors'
import type { LlmProvider } from '#services/llm/provider'
import type { ChatRequest, LlmEvent } from '#services/llm/types'

export interface LlmTimeouts {
  /** From the call to its first event, retries included, in ms. */
  firstTokenMs: number
  /** Between two events, in ms. */
  idleMs: number
}

export const DEFAULT_TIMEOUTS: LlmTimeouts = { firstTokenMs: 60_000, idleMs: 60_000 }

/**
 * The provider's events, with an end to waiting: silence throws `LlmError('timeout')`, an aborted
 * signal `LlmError('cancelled')` at once, even when the adapter does not react. Either way, and when
 * the reader leaves early, the vendor's call is aborted.
 */
export async function* streamWithTimeouts(
  provider: LlmProvider,
  request: ChatRequest,
  signal: AbortSignal,
  timeouts: LlmTimeouts = DEFAULT_TIMEOUTS
): AsyncGenerator<LlmEvent, void, undefined> {
  const call = new AbortController()
  const abortCall = () => call.abort()
  signal.addEventListener('abort', abortCall, { once: true })

  let waiting = false
  let patienceMs = timeouts.firstTokenMs
  const failure = (code: 'timeout' | 'cancelled') =>
    new LlmError(code, { provider: provider.label })
  if (signal.aborted) throw failure('cancelled')
  const events = provider.stream(request, call.signal)[Symbol.asyncIterator]()

  try {
    while (true) {
      waiting = true
      const next = await patiently(events.next(), patienceMs, signal, failure)
      waiting = false
      if (next.done) return
      yield next.value
      patienceMs = timeouts.idleMs
    }
  } finally {
    signal.removeEventListener('abort', abortCall)
    call.abort()
    // A generator that still hangs in `next()` would keep `return()` waiting as well.
    if (!waiting) await events.return?.()
  }
}

function patiently<T>(
  promise: Promise<T>,
  patienceMs: number,
  signal: AbortSignal,
  failure: (code: 'timeout' | 'cancelled') => LlmError
): Promise<T> {
  const { promise: outcome, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => reject(failure('timeout')), patienceMs)
  const onAbort = () => reject(failure('cancelled'))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  promise.then(resolve, reject)

  return outcome.finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  })
}
