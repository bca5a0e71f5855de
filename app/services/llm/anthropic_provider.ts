import { setTimeout as sleep } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import { neverConnected, toLlmError } from '#services/llm/anthropic_errors'
import { AnthropicTranslation } from '#services/llm/anthropic_translation'
import { LlmError } from '#services/llm/errors'
import { LlmProvider } from '#services/llm/provider'
import type { ChatRequest, LlmEvent, ModelInfo } from '#services/llm/types'

export interface AnthropicOptions {
  /** Null or blank: the models are listed, and cannot be used. */
  apiKey: string | null
  /** Default `https://api.anthropic.com`. */
  baseUrl?: string | null
  /** From sending the request to the vendor's response headers, in ms. Default 30 s. */
  connectTimeoutMs?: number
  /** Waits between retries; tests put a recorder here. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

const RETRIES = 2
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_WAIT_MS = 8_000

// Ids from the SDK's Model union; sizes from platform.claude.com/docs, models overview, November 2026.
const MODELS = [
  ['claude-sonnet-5-5', 'Claude Sonnet 5.5'],
  ['claude-opus-5-5', 'Claude Opus 5.5'],
  ['claude-haiku-5-5', 'Claude Haiku 5.5'],
  ['claude-fable-5-1', 'Claude Fable 5.1'],
] as const satisfies readonly (readonly [Anthropic.Model, string])[]
const CONTEXT_TOKENS = 1_000_000
const MAX_OUTPUT_TOKENS = 128_000

export class AnthropicProvider extends LlmProvider {
  readonly id = 'anthropic'
  readonly label = 'Anthropic'
  readonly #client: Anthropic | null
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<void>

  constructor(options: AnthropicOptions) {
    super()
    const apiKey = options.apiKey?.trim()
    this.#client = apiKey
      ? new Anthropic({
          apiKey,
          baseURL: options.baseUrl || 'https://api.anthropic.com',
          timeout: options.connectTimeoutMs ?? 30_000,
          maxRetries: 0,
          // Its log lines can hold headers and what the vendor sent.
          logLevel: 'off',
        })
      : null
    this.#pause = options.pause ?? ((ms, signal) => sleep(ms, undefined, { signal }))
  }

  get unavailableBecause(): string | null {
    return this.#client ? null : 'Set ANTHROPIC_API_KEY in the .env file and start again.'
  }

  models(): ModelInfo[] {
    return MODELS.map(([id, label]) => ({
      provider: this.id,
      id,
      label,
      contextTokens: CONTEXT_TOKENS,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
    }))
  }

  async *stream(
    request: ChatRequest,
    signal: AbortSignal
  ): AsyncGenerator<LlmEvent, void, undefined> {
    for (let attempt = 0; ; attempt++) {
      const translation = new AnthropicTranslation(this.label)
      try {
        for await (const event of await this.#open(request, signal)) {
          yield* translation.read(event)
        }
        translation.assertComplete()
        return
      } catch (error) {
        const waitMs = retryWaitMs(error, attempt)
        if (signal.aborted || translation.started || waitMs === null) {
          throw this.#failure(error, signal)
        }
        await this.#waitBeforeRetry(waitMs, signal)
      }
    }
  }

  #open(request: ChatRequest, signal: AbortSignal) {
    if (!this.#client) {
      throw new LlmError('auth', { provider: this.label, remedy: this.unavailableBecause ?? '' })
    }
    return this.#client.messages.create(toParams(request), { signal })
  }

  async #waitBeforeRetry(waitMs: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#pause(waitMs, signal)
    } catch (error) {
      throw this.#failure(error, signal)
    }
  }

  #failure(error: unknown, signal: AbortSignal): LlmError {
    if (signal.aborted) return new LlmError('cancelled', { provider: this.label })
    return toLlmError(error, this.label)
  }
}

/** `temperature` stays out: this version of the API answers sampling parameters with 400. */
function toParams(request: ChatRequest): Anthropic.MessageCreateParamsStreaming {
  return {
    model: request.model,
    max_tokens: Math.min(request.maxOutputTokens, MAX_OUTPUT_TOKENS),
    ...(request.system.trim() && { system: request.system.toWellFormed() }),
    messages: request.messages
      .filter(({ content }) => content.trim() !== '')
      .map(({ role, content }) => ({ role, content: content.toWellFormed() })),
    thinking: { type: 'adaptive', display: 'summarized' },
    stream: true,
  }
}

/**
 * How long to wait before asking once more, or null for never. Only what cannot have been paid for is
 * asked again: an answer that is an error, or a connection that never came about.
 */
function retryWaitMs(error: unknown, attempt: number): number | null {
  const failure = toLlmError(error, '')
  const unpaid =
    failure.code === 'rate_limited' ||
    failure.code === 'overloaded' ||
    (failure.code === 'network' && neverConnected(error))
  if (!unpaid || attempt >= RETRIES) return null

  const backoffMs = FIRST_RETRY_MS * 2 ** attempt * (0.75 + Math.random() / 2)
  if (failure.retryAfterMs === null) return backoffMs
  if (failure.retryAfterMs > LONGEST_RETRY_WAIT_MS) return null
  return failure.retryAfterMs * (1 + Math.random() / 10)
}
