import { setTimeout as sleep } from 'node:timers/promises'
import { demoAnswer } from '#services/llm/demo_answer'
import { LlmError } from '#services/llm/errors'
import { LlmProvider } from '#services/llm/provider'
import { estimateTokens } from '#services/llm/tokens'
import type { ChatRequest, LlmEvent, ModelInfo, TokenUsage } from '#services/llm/types'

export interface DemoOptions {
  /** Pace of the answer; 0 means without waiting. Default 60, about as fast as people skim. */
  tokensPerSecond?: number
}

const MODEL = 'demo'
const MAX_OUTPUT_TOKENS = 8_192

/** Asks no model: answers with what it received, word by word, so that a newcomer sees it all move. */
export class DemoProvider extends LlmProvider {
  readonly id = 'demo'
  readonly label = 'Demo'
  readonly unavailableBecause = null
  readonly #tokensPerSecond: number

  constructor(options: DemoOptions = {}) {
    super()
    this.#tokensPerSecond = options.tokensPerSecond ?? 60
  }

  models(): ModelInfo[] {
    return [
      {
        provider: this.id,
        id: MODEL,
        label: 'Demo, no model asked',
        contextTokens: null,
        maxOutputTokens: MAX_OUTPUT_TOKENS,
      },
    ]
  }

  async *stream(
    request: ChatRequest,
    signal: AbortSignal
  ): AsyncGenerator<LlmEvent, void, undefined> {
    const whole = demoAnswer(request)
    const text = firstTokens(whole, Math.min(request.maxOutputTokens, MAX_OUTPUT_TOKENS))
    const startedAt = performance.now()
    let sent = ''

    for (const word of wordsOf(text)) {
      await this.#untilDue(startedAt + this.#durationMs(sent), signal)
      yield { type: 'text', text: word }
      sent += word
    }
    yield { type: 'usage', usage: estimatedUsage(request, text), estimated: true }
    yield { type: 'done', finishReason: text === whole ? 'stop' : 'length' }
  }

  #durationMs(text: string): number {
    return this.#tokensPerSecond > 0 ? (text.length / 4 / this.#tokensPerSecond) * 1000 : 0
  }

  async #untilDue(dueAt: number, signal: AbortSignal): Promise<void> {
    const waitMs = dueAt - performance.now()
    if (waitMs >= 1 && !signal.aborted) {
      await sleep(waitMs, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    }
    if (signal.aborted) throw new LlmError('cancelled', { provider: this.label })
  }
}

function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

function firstTokens(text: string, tokens: number): string {
  return text.slice(0, tokens * 4).toWellFormed()
}

function estimatedUsage(request: ChatRequest, answer: string): TokenUsage {
  const received = request.messages.reduce(
    (sum, { content }) => sum + estimateTokens(content),
    estimateTokens(request.system)
  )
  return {
    inputFresh: received,
    inputCacheRead: 0,
    inputCacheWrite: 0,
    output: estimateTokens(answer),
    reasoning: 0,
  }
}
