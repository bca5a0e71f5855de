import type Anthropic from '@anthropic-ai/sdk'
import { LlmError } from '#services/llm/errors'
import type { FinishReason, LlmEvent, TokenUsage } from '#services/llm/types'

type StreamEvent = Anthropic.RawMessageStreamEvent
type VendorUsage = Anthropic.Usage | Anthropic.MessageDeltaUsage

const FINISH_REASONS: Partial<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop_sequence',
  max_tokens: 'length',
  model_context_window_exceeded: 'context_full',
}

/** Reads one vendor stream, event by event. What it does not know it passes over. */
export class AnthropicTranslation {
  started = false
  #stopped = false
  #stopReason: string | null = null
  #usage: TokenUsage = {
    inputFresh: 0,
    inputCacheRead: 0,
    inputCacheWrite: 0,
    output: 0,
    reasoning: 0,
  }

  constructor(private readonly provider: string) {}

  *read(event: StreamEvent): Generator<LlmEvent, void, undefined> {
    this.started = true
    switch (event.type) {
      case 'message_start':
        this.#count(event.message.usage)
        return
      case 'content_block_start':
        yield* this.#opening(event.content_block)
        return
      case 'content_block_delta':
        yield* this.#growth(event.delta)
        return
      case 'message_delta':
        this.#stopReason = event.delta.stop_reason ?? this.#stopReason
        this.#count(event.usage)
        return
      case 'message_stop':
        yield* this.#end()
    }
  }

  /** Throws when the stream ended before its last event: `network`, or `bad_response` if it never began. */
  assertComplete(): void {
    if (this.#stopped) return
    throw new LlmError(this.started ? 'network' : 'bad_response', { provider: this.provider })
  }

  *#opening(block: Anthropic.RawContentBlockStartEvent['content_block']): Generator<LlmEvent> {
    if (block.type === 'text') yield* this.#piece('text', block.text)
    if (block.type === 'thinking') yield* this.#piece('reasoning', block.thinking)
  }

  *#growth(delta: Anthropic.RawContentBlockDelta): Generator<LlmEvent> {
    if (delta.type === 'text_delta') yield* this.#piece('text', delta.text)
    if (delta.type === 'thinking_delta') yield* this.#piece('reasoning', delta.thinking)
  }

  *#piece(type: 'text' | 'reasoning', text: unknown): Generator<LlmEvent> {
    if (typeof text !== 'string') throw new LlmError('bad_response', { provider: this.provider })
    if (text !== '') yield { type, text }
  }

  *#end(): Generator<LlmEvent> {
    this.#stopped = true
    yield { type: 'usage', usage: this.#usage }
    if (this.#stopReason === 'refusal') throw new LlmError('refused', { provider: this.provider })
    yield { type: 'done', finishReason: FINISH_REASONS[this.#stopReason ?? ''] ?? 'other' }
  }

  /** The figures are running totals; a later event may leave out what an earlier one said. */
  #count(usage: VendorUsage | undefined): void {
    if (!usage) return
    const before = this.#usage
    this.#usage = {
      inputFresh: usage.input_tokens ?? before.inputFresh,
      inputCacheRead: usage.cache_read_input_tokens ?? before.inputCacheRead,
      inputCacheWrite: usage.cache_creation_input_tokens ?? before.inputCacheWrite,
      output: usage.output_tokens ?? before.output,
      reasoning: usage.output_tokens_details?.thinking_tokens ?? before.reasoning,
    }
  }
}
