import { setTimeout as pause } from 'node:timers/promises'
import Discussion from '#models/discussion'
import Message from '#models/message'
import Persona from '#models/persona'
import UsageRecord from '#models/usage_record'
import { DateTime } from 'luxon'
import { estimateTokens, type ChatRequest, type TokenUsage } from '#services/llm/index'
import type { JobFailure } from '#services/queue/index'
import { currentScope, withTenantScope } from '#services/tenancy/index'
import type { AnswerPayload } from './answer.ts'
import { announceMessage } from './news.ts'
import { buildRequest } from './prompt.ts'
import { RENDERER_VERSION, render } from './render.ts'

/** A worker's hold on one attempt of an answer. Everything it writes is guarded by the attempt. */
export type Claim = {
  tenantId: string
  actorId: string
  discussionId: string
  messageId: string
  personaId: string
  attempt: number
  provider: string
  request: ChatRequest
}

export type AnswerText = {
  content: string
  reasoning: string
  firstTokenAt: Date | null
  usage: { tokens: TokenUsage; estimated: boolean } | null
}

export type Ending = {
  status: 'complete' | 'stopped' | 'interrupted' | 'failed'
  finishReason?: string
  error?: { code: string; message: string }
}

/**
 * Takes a queued answer, or one whose worker died before anything was sent. One that may have been paid for is
 * marked interrupted instead: only a person may pay again. Null when there is nothing to do.
 */
export async function claimAnswer(payload: AnswerPayload): Promise<Claim | null> {
  const { tenantId, actorId, messageId } = payload
  return withTenantScope({ tenantId, userId: actorId }, async () => {
    const message = await Message.query().where('id', messageId).forUpdate().first()
    if (!message?.isUnfinished || message.attempt !== payload.attempt) return null
    if (!message.personaId || !message.provider || !message.model) return null
    const discussion = await Discussion.findOrFail(message.discussionId)
    const persona = await Persona.findOrFail(message.personaId)

    const claim: Claim = {
      tenantId,
      actorId,
      discussionId: discussion.id,
      messageId,
      personaId: persona.id,
      attempt: message.attempt,
      provider: message.provider,
      request: await buildRequest(message, persona),
    }
    if (message.status === 'streaming' && message.mayHaveBeenPaid) {
      const { content, reasoning } = message
      await endWith(discussion, message, 'interrupted', DIED)
      await recordUsage(claim, { ...NOTHING, content, reasoning }, { status: 'interrupted' })
      return null
    }

    message.status = 'streaming'
    message.startedAt = DateTime.now()
    message.version += 1
    await message.save()
    announceMessage(discussion, message)
    return claim
  })
}

/**
 * Notes that the provider is about to be asked. Of two workers that hold the same attempt, because one seemed dead,
 * only one gets true. A stop that came first ends the answer here.
 */
export async function markSent(claim: Claim): Promise<boolean> {
  const sent = await inScope(claim, () =>
    held(claim)
      .whereNull('sent_at')
      .whereNull('cancel_requested_at')
      .update({ sent_at: new Date() })
  )
  if (Number(sent) > 0) return true

  const stopped = await inScope(claim, () =>
    held(claim).whereNull('sent_at').whereNotNull('cancel_requested_at').first()
  )
  if (stopped) await recordEnd(claim, NOTHING, { status: 'stopped' })
  return false
}

/** Stores the text so far. One statement that also tells whether to go on. */
export async function storeText(
  claim: Claim,
  text: Pick<AnswerText, 'content' | 'reasoning' | 'firstTokenAt'>
): Promise<'goes_on' | 'stop' | 'lost'> {
  const rows: { cancel_requested_at: Date | null }[] = await inScope(claim, () =>
    held(claim).returning('cancel_requested_at').update({
      content: text.content,
      reasoning: text.reasoning,
      first_token_at: text.firstTokenAt,
      updated_at: new Date(),
    })
  )
  if (rows.length === 0) return 'lost'
  return rows[0].cancel_requested_at ? 'stop' : 'goes_on'
}

/** Writes the end of an attempt with its usage, in one transaction; tries again while the database is away. */
export async function recordEnd(claim: Claim, text: AnswerText, ending: Ending): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await inScope(claim, () => writeEnd(claim, text, ending))
    } catch (error) {
      if (tries === 5) throw error
      await pause(250 * 2 ** tries)
    }
  }
}

/** The last resort of the queue: an answer that no retry could bring to an end, or that nobody may want any more. */
export async function failAnswer(
  { tenantId, actorId, messageId, attempt }: AnswerPayload,
  { code }: JobFailure
): Promise<void> {
  await withTenantScope({ tenantId, userId: actorId }, async () => {
    const message = await Message.query().where('id', messageId).forUpdate().first()
    if (!message?.isUnfinished || message.attempt !== attempt) return
    const discussion = await Discussion.findOrFail(message.discussionId)
    const status = message.mayHaveBeenPaid ? 'interrupted' : 'failed'
    await endWith(discussion, message, status, code === 'E_JOB_NOT_ALLOWED' ? NOT_ALLOWED : NOT_RUN)
  })
}

const NOT_RUN = {
  code: 'not_run',
  message: 'The answer could not be worked on. Retry when the server is well again.',
}

const NOT_ALLOWED = {
  code: 'not_allowed',
  message:
    'Whoever asked this had no right to it any more when its turn came. Retry to ask it yourself.',
}

const DIED = { code: 'restarted', message: 'The server stopped while this was being written.' }

const NOTHING: AnswerText = { content: '', reasoning: '', firstTokenAt: null, usage: null }

async function writeEnd(claim: Claim, text: AnswerText, ending: Ending) {
  const message = await Message.query()
    .where({ id: claim.messageId, attempt: claim.attempt, status: 'streaming' })
    .forUpdate()
    .first()
  if (!message) return
  const discussion = await Discussion.findOrFail(claim.discussionId)
  const wasSent = message.sentAt !== null

  message.merge({
    content: text.content,
    reasoning: text.reasoning,
    firstTokenAt: text.firstTokenAt && DateTime.fromJSDate(text.firstTokenAt),
    finishReason: ending.finishReason ?? null,
  })
  await endWith(discussion, message, ending.status, ending.error)
  if (wasSent) await recordUsage(claim, text, ending)
}

async function endWith(
  discussion: Discussion,
  message: Message,
  status: Ending['status'],
  error?: Ending['error']
) {
  message.merge({
    status,
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    html: render(message.content),
    htmlVersion: RENDERER_VERSION,
    finishedAt: DateTime.now(),
    version: message.version + 1,
  })
  await message.save()
  announceMessage(discussion, message)
}

/** A call that brought no count of its own, because it was cut or failed, is counted by us and marked. */
async function recordUsage(claim: Claim, text: AnswerText, { status }: Ending) {
  if (!text.usage && status === 'failed') return
  const { system, messages, model } = claim.request
  const tokens = text.usage?.tokens ?? {
    inputFresh: estimateTokens(system + messages.map(({ content }) => content).join('')),
    inputCacheRead: 0,
    inputCacheWrite: 0,
    output: estimateTokens(text.content + text.reasoning),
    reasoning: estimateTokens(text.reasoning),
  }
  await UsageRecord.create({
    userId: claim.actorId,
    personaId: claim.personaId,
    messageId: claim.messageId,
    feature: 'discussion',
    provider: claim.provider,
    model,
    attempt: claim.attempt,
    inputFreshTokens: tokens.inputFresh,
    inputCacheReadTokens: tokens.inputCacheRead,
    inputCacheWriteTokens: tokens.inputCacheWrite,
    outputTokens: tokens.output,
    reasoningTokens: tokens.reasoning,
    estimated: text.usage?.estimated ?? true,
  })
}

/** The row, as long as this attempt still holds it. */
function held({ messageId, attempt }: Claim) {
  return currentScope()
    .trx.from('app.messages')
    .where({ id: messageId, attempt, status: 'streaming' })
}

function inScope<T>({ tenantId, actorId }: Claim, fn: () => Promise<T>) {
  return withTenantScope({ tenantId, userId: actorId }, fn)
}
