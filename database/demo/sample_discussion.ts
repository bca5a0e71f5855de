import Discussion from '#models/discussion'
import Message from '#models/message'
import Participant from '#models/participant'
import UsageRecord from '#models/usage_record'
import type Persona from '#models/persona'
import type User from '#models/user'
import { MARKDOWN_VERSION, renderMarkdown } from '#inertia/lib/markdown'
import { DateTime } from 'luxon'
import { FIRST_ANSWER, FIRST_QUESTION, SECOND_ANSWER, SECOND_QUESTION } from './sample_texts.ts'

type Cast = { asker: User; colleague: User; personas: Persona[] }

const TITLE = 'Which night ferry timetable do we publish for January?'

/** Two questions by two people, answered by two personas. Written by hand: the model is named as the demo. */
export async function seedSampleDiscussion(tenantId: string, { asker, colleague, personas }: Cast) {
  if (await Discussion.query().where({ tenantId, title: TITLE }).first()) return

  const begun = DateTime.now().minus({ minutes: 42 })
  const discussion = await Discussion.create({
    tenantId,
    ownerId: asker.id,
    title: TITLE,
    mode: 'single',
    visibility: 'workspace',
    lastMessageAt: begun.plus({ minutes: 9 }),
  })
  const strategist = personas.find(({ key }) => key === 'strategist')
  const critic = personas.find(({ key }) => key === 'critic')
  if (!strategist || !critic) return

  const first = await addQuestion(discussion, tenantId, asker, FIRST_QUESTION, begun, null)
  const plan = await addAnswer(discussion, tenantId, strategist, 0, FIRST_ANSWER, begun, first)
  const later = begun.plus({ minutes: 8 })
  const second = await addQuestion(discussion, tenantId, colleague, SECOND_QUESTION, later, plan)
  await addAnswer(discussion, tenantId, critic, 1, SECOND_ANSWER, later, second)
}

function addQuestion(
  discussion: Discussion,
  tenantId: string,
  author: User,
  content: string,
  at: DateTime,
  parent: Message | null
) {
  return Message.create({
    tenantId,
    discussionId: discussion.id,
    parentId: parent?.id ?? null,
    role: 'user',
    authorId: author.id,
    status: 'complete',
    content,
    createdAt: at,
    finishedAt: at,
  })
}

async function addAnswer(
  discussion: Discussion,
  tenantId: string,
  persona: Persona,
  position: number,
  content: string,
  askedAt: DateTime,
  question: Message
) {
  const seat = await Participant.create({
    tenantId,
    discussionId: discussion.id,
    personaId: persona.id,
    provider: 'demo',
    model: 'demo',
    position,
  })
  const answer = await Message.create({
    tenantId,
    discussionId: discussion.id,
    parentId: question.id,
    role: 'assistant',
    askedById: question.authorId,
    participantId: seat.id,
    personaId: persona.id,
    personaVersion: 1,
    provider: seat.provider,
    model: seat.model,
    status: 'complete',
    finishReason: 'stop',
    content,
    html: renderMarkdown(content),
    htmlVersion: MARKDOWN_VERSION,
    createdAt: askedAt,
    startedAt: askedAt,
    sentAt: askedAt,
    firstTokenAt: askedAt.plus({ milliseconds: 640 }),
    finishedAt: askedAt.plus({ seconds: 11 }),
  })
  await UsageRecord.create({
    tenantId,
    userId: question.authorId,
    personaId: persona.id,
    messageId: answer.id,
    feature: 'discussion',
    provider: seat.provider,
    model: seat.model,
    attempt: 1,
    inputFreshTokens: Math.ceil((persona.systemPrompt.length + question.content.length) / 4),
    outputTokens: Math.ceil(content.length / 4),
    estimated: true,
  })
  return answer
}
