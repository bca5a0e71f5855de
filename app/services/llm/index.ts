import { LlmRegistry } from '#services/llm/registry'

export { LlmError, type LlmErrorCode } from '#services/llm/errors'
export { LlmProvider } from '#services/llm/provider'
export { LlmRegistry } from '#services/llm/registry'
export { DEFAULT_TIMEOUTS, streamWithTimeouts, type LlmTimeouts } from '#services/llm/timeouts'
export { estimateTokens } from '#services/llm/tokens'
export type {
  ChatMessage,
  ChatRequest,
  FinishReason,
  LlmEvent,
  ModelInfo,
  ModelListing,
  TokenUsage,
} from '#services/llm/types'

/** The registry of this process; `providers/llm_provider.ts` fills it at boot. */
export const llm = { registry: new LlmRegistry() }
