import logger from '@adonisjs/core/services/logger'
import type { FinishReason, LlmEvent, TokenUsage } from '#services/llm/index'
import { JobInterrupted } from '#services/queue/index'
import { createTextCoalescer, wholeText } from '#services/realtime/index'
import { storeText, type Claim } from './answer_claim.ts'
import type { AnswerText } from './answer_end.ts'

const FLUSH_MS = 400
/** In UTF-16 units, far above what a model may say by its token limit: a provider that ignores it is cut here. */
const MAX_LENGTH = 200_000

/**
 * An answer while it is being written. Each piece goes to watchers at once; every 0.4 s the text goes to its row,
 * and the same statement learns whether somebody pressed Stop or another attempt has taken over.
 */
export class GrowingAnswer {
  #call = new AbortController()
  #content = ''
  #reasoning = ''
  #usage: { tokens: TokenUsage; estimated: boolean } | null = null
  #firstTokenAt: Date | null = null
  #flushing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout
  #contentNews
  #reasoningNews

  finishReason: FinishReason = 'other'
  isStopped = false
  isLost = false
  isFull = false

  constructor(
    private claim: Claim,
    private job: AbortSignal
  ) {
    const { tenantId, discussionId, messageId: id, attempt } = claim
    const channel = { tenantId, kind: 'discussion', recordId: discussionId }
    this.#contentNews = createTextCoalescer(channel, { type: 'delta', id, attempt })
    this.#reasoningNews = createTextCoalescer(channel, { type: 'reasoning', id, attempt })
    this.#timer = setInterval(() => this.#flush(), FLUSH_MS)
    job.addEventListener('abort', this.#onJobAbort, { once: true })
    if (job.aborted) this.#onJobAbort()
  }

  /** Ends the provider's call when the answer is stopped, lost, or the process must go. */
  get signal() {
    return this.#call.signal
  }

  get hasText() {
    return this.#content !== '' || this.#reasoning !== ''
  }

  /** Why the job was cut off from outside, if it was. */
  get interruption(): unknown {
    return this.job.aborted ? this.job.reason : null
  }

  take(event: LlmEvent) {
    if (event.type === 'usage')
      this.#usage = { tokens: event.usage, estimated: event.estimated ?? false }
    if (event.type === 'done') this.finishReason = event.finishReason
    if (event.type !== 'text' && event.type !== 'reasoning') return
    if (this.isFull) return

    this.#firstTokenAt ??= new Date()
    // PostgreSQL keeps no NUL: left in, the answer could not be stored at all.
    const text = event.text.replaceAll('\0', '').slice(0, MAX_LENGTH - this.#length)
    if (event.type === 'text') {
      this.#content += text
      this.#contentNews.push(text)
    } else {
      this.#reasoning += text
      this.#reasoningNews.push(text)
    }
    if (this.#length >= MAX_LENGTH) {
      this.isFull = true
      this.#call.abort()
    }
  }

  /** Sends what still waits and stops looking at the row. */
  async settle() {
    clearInterval(this.#timer)
    this.job.removeEventListener('abort', this.#onJobAbort)
    this.#contentNews.flush()
    this.#reasoningNews.flush()
    await this.#flushing
  }

  /** All of it; halves of surrogate pairs that nothing completed become U+FFFD, as the events said. */
  text(): AnswerText {
    return {
      content: this.#content.toWellFormed(),
      reasoning: this.#reasoning.toWellFormed(),
      firstTokenAt: this.#firstTokenAt,
      usage: this.#usage,
    }
  }

  get #length() {
    return this.#content.length + this.#reasoning.length
  }

  #flush() {
    this.#flushing = this.#flushing.then(() => this.#store())
  }

  async #store() {
    if (this.isLost || this.isStopped) return
    const text = {
      content: wholeText(this.#content).toWellFormed(),
      reasoning: wholeText(this.#reasoning).toWellFormed(),
      firstTokenAt: this.#firstTokenAt,
    }
    try {
      const state = await storeText(this.claim, text)
      this.isLost = state === 'lost'
      this.isStopped = state === 'stop'
      if (state !== 'goes_on') this.#call.abort()
    } catch (error) {
      // The text is still here: the next flush, or the end, stores it.
      logger.warn({ err: error, messageId: this.claim.messageId }, 'an answer could not be stored')
    }
  }

  #onJobAbort = () => {
    const { reason } = this.job
    this.isLost = reason instanceof JobInterrupted && reason.why === 'lost'
    this.#call.abort()
  }
}
