import { MessageSchema } from '#database/schema'
import { compose } from '@adonisjs/core/helpers'
import { WithOwnId } from './mixins/with_own_id.ts'

export const UNFINISHED = ['queued', 'streaming']
export const RETRYABLE = ['failed', 'interrupted', 'stopped']

export default class Message extends compose(MessageSchema, WithOwnId) {
  get isUnfinished() {
    return UNFINISHED.includes(this.status)
  }

  get isRetryable() {
    return this.role === 'assistant' && RETRYABLE.includes(this.status)
  }

  /** A call may have been paid for: text is there, or the request had gone out. */
  get mayHaveBeenPaid() {
    return this.sentAt !== null || this.content !== ''
  }
}
