import type Discussion from '#models/discussion'
import Message from '#models/message'
import AnswerNotRetryableException from '#exceptions/answer_not_retryable_exception'
import { sendForAnswer } from './ask.ts'
import { assertUsable } from './participants.ts'

/**
 * Asks again for an answer that failed, was cut or was stopped, as a new attempt of the same message. Two people
 * pressing Retry at once get one attempt.
 */
export async function retryAnswer(discussion: Discussion, message: Message): Promise<void> {
  const answer = await Message.query().where('id', message.id).forUpdate().firstOrFail()
  if (answer.isUnfinished) return
  if (!answer.isRetryable) throw new AnswerNotRetryableException()
  assertUsable({ provider: answer.provider ?? '', model: answer.model ?? '' })

  answer.merge({
    status: 'queued',
    attempt: answer.attempt + 1,
    content: '',
    reasoning: '',
    html: null,
    htmlVersion: null,
    errorCode: null,
    errorMessage: null,
    finishReason: null,
    cancelRequestedAt: null,
    startedAt: null,
    sentAt: null,
    firstTokenAt: null,
    finishedAt: null,
    version: answer.version + 1,
  })
  await answer.save()
  await sendForAnswer(discussion, answer)
}
