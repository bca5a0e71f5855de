import type Discussion from '#models/discussion'
import type Message from '#models/message'
import { DateTime } from 'luxon'
import { announceMessage } from './news.ts'

/**
 * Stops an answer: at once when it still waits, and within 0.5 s when a worker writes it, which looks here with
 * every flush. An answer that has ended stays as it is.
 */
export async function stopAnswer(discussion: Discussion, message: Message): Promise<void> {
  if (!message.isUnfinished || message.role !== 'assistant') return

  message.cancelRequestedAt = DateTime.now()
  if (message.status === 'queued') {
    message.status = 'stopped'
    message.finishedAt = DateTime.now()
  }
  message.version += 1
  await message.save()
  announceMessage(discussion, message)
}
