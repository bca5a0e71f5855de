import Discussion from '#models/discussion'
import Message from '#models/message'
import { DateTime } from 'luxon'
import { recordAudit } from '#services/audit/index'
import { enqueue } from '#services/queue/index'
import { currentScope } from '#services/tenancy/index'
import { answerJob } from './jobs.ts'
import { announceMessage } from './news.ts'
import { takeSeat, type Choice } from './participants.ts'

/** `content` is Markdown of 1 to 20,000 UTF-16 units. */
export type Question = Choice & { content: string }

/** Opens a discussion with its first question. The answer comes as a job. */
export async function startDiscussion(
  question: Question & { visibility?: 'workspace' | 'private' }
): Promise<Discussion> {
  const ownerId = asker()
  const discussion = await Discussion.create({
    ownerId,
    title: Discussion.titleFrom(question.content),
    mode: 'single',
    visibility: question.visibility ?? 'workspace',
  })
  await discussion.refresh()
  await ask(discussion, question)
  await recordAudit('discussion.started', { type: 'discussion', id: discussion.id })
  return discussion
}

/** Adds a question and queues its answer, in one transaction: neither is ever there without the other. */
export async function ask({ id }: Discussion, question: Question): Promise<Message> {
  const authorId = asker()
  // One question at a time: seats are numbered, and each turn follows the one before.
  const discussion = await Discussion.query().where('id', id).forUpdate().firstOrFail()
  const { seat, persona } = await takeSeat(discussion, question)
  const previous = await Message.query()
    .where('discussion_id', discussion.id)
    .orderBy('id', 'desc')
    .first()

  const asked = await Message.create({
    discussionId: discussion.id,
    parentId: previous?.id ?? null,
    role: 'user',
    authorId,
    status: 'complete',
    content: question.content,
    finishedAt: DateTime.now(),
  })
  const answer = await Message.create({
    discussionId: discussion.id,
    parentId: asked.id,
    role: 'assistant',
    askedById: authorId,
    participantId: seat.id,
    personaId: persona.id,
    personaVersion: persona.version,
    provider: seat.provider,
    model: seat.model,
    status: 'queued',
    attempt: 1,
    version: 1,
  })
  await touch(discussion)
  await sendForAnswer(discussion, answer)
  return answer
}

/** Puts the answer's job into the open transaction, and tells watchers once it is there. */
export async function sendForAnswer(discussion: Discussion, answer: Message) {
  await enqueue(answerJob, {
    tenantId: discussion.tenantId,
    actorId: asker(),
    messageId: answer.id,
    attempt: answer.attempt,
  })
  announceMessage(discussion, answer)
}

async function touch(discussion: Discussion) {
  discussion.version += 1
  discussion.lastMessageAt = DateTime.now()
  await discussion.save()
}

function asker(): string {
  const { userId } = currentScope('Asking')
  if (!userId) throw new TypeError('Only a person can ask.')
  return userId
}
