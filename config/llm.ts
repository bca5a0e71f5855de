import env from '#start/env'
import type { LlmTimeouts } from '#services/llm/index'

interface LlmConfig {
  timeouts: LlmTimeouts
  anthropic: { apiKey: string | null; baseUrl: string | null }
}

/** The operator's keys and hosts. A provider without its key is listed and cannot be chosen. */
const llmConfig: LlmConfig = {
  timeouts: { firstTokenMs: 60_000, idleMs: 60_000 },
  anthropic: {
    apiKey: env.get('ANTHROPIC_API_KEY')?.release() ?? null,
    baseUrl: env.get('ANTHROPIC_BASE_URL') ?? null,
  },
}

export default llmConfig
