export interface ChatMessage {
  role: 'user' | 'assistant'
  content: string
}

export interface ChatRequest {
  /** Id of the model within its provider, as `models()` lists it. */
  model: string
  /** The persona's system prompt; an empty string means none. */
  system: string
  /** Oldest first. The last one is the user's. */
  messages: ChatMessage[]
  /** Ceiling for everything that is generated, reasoning included, in tokens. */
  maxOutputTokens: number
  /** 0 to 1. An adapter leaves it out for models that refuse it. */
  temperature?: number
}

/** In tokens. Everything that went in is `inputFresh + inputCacheRead + inputCacheWrite`. */
export interface TokenUsage {
  inputFresh: number
  inputCacheRead: number
  inputCacheWrite: number
  /** All that was generated and is billed, reasoning included. */
  output: number
  /** The part of `output` that was reasoning. */
  reasoning: number
}

/**
 * `stop`: the model was done. `length`: `maxOutputTokens` reached. `context_full`: the context window
 * ran full. A refusal is no finish reason: it is thrown as `LlmError('refused')`.
 */
export type FinishReason = 'stop' | 'stop_sequence' | 'length' | 'context_full' | 'other'

/**
 * A whole answer is any number of `text` and `reasoning`, then one `usage`, then one `done`. A call
 * that fails or is stopped on the way brings no `usage`, except a refusal, which is thrown after it.
 */
export type LlmEvent =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'usage'; usage: TokenUsage; estimated?: boolean }
  | { type: 'done'; finishReason: FinishReason }

export interface ModelInfo {
  /** Id of the provider. */
  provider: string
  id: string
  label: string
  /** Size of the context window in tokens; null when the vendor does not say. */
  contextTokens: number | null
  maxOutputTokens: number
}

/** A model as people choose it. `note` says why it cannot be chosen, null when it can. */
export interface ModelListing extends ModelInfo {
  providerLabel: string
  available: boolean
  note: string | null
}
