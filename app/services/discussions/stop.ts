import type Discussion from '#models/discussion'
import Message from '#models/message'
import { DateTime } from 'luxon'
import { announceMessage } from './news.ts'

/**
 * Stops an answer: at once when it still waits, and within 0.5 s when a worker writes it, which looks here with
 * every flush. An answer that has ended stays as it is.
 */
export async function stopAnswer(discussion: Discussion, message: Message): Promise<void> {
  const answer = await Message.query().where('id', message.id).forUpdate().firstOrFail()
  if (!answer.isUnfinished) return

  answer.cancelRequestedAt = DateTime.now()
  if (answer.status === 'queued') {
    answer.status = 'stopped'
    answer.finishedAt = DateTime.now()
  }
  answer.version += 1
  await answer.save()
  announceMessage(discussion, answer)
}
