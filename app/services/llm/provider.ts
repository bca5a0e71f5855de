import type { ChatRequest, LlmEvent, ModelInfo } from '#services/llm/types'

/** The port: one vendor behind it, or the built-in demo. */
export abstract class LlmProvider {
  abstract readonly id: string
  abstract readonly label: string

  /** A sentence with the way out while it cannot be used (no key), null when it can. */
  abstract readonly unavailableBecause: string | null

  /** Best default first. */
  abstract models(): ModelInfo[]

  /**
   * Makes one call and yields its events as they come. Aborting the signal closes the vendor's
   * connection at once. Throws only `LlmError`; what was yielded before stays valid.
   */
  abstract stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<LlmEvent>
}
