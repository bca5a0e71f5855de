import { setTimeout as pause } from 'node:timers/promises'
import Discussion from '#models/discussion'
import Message from '#models/message'
import UsageRecord from '#models/usage_record'
import { DateTime } from 'luxon'
import { estimateTokens, type TokenUsage } from '#services/llm/index'
import type { JobFailure } from '#services/queue/index'
import { withTenantScope } from '#services/tenancy/index'
import type { AnswerPayload } from './answer.ts'
import type { Claim } from './answer_claim.ts'
import { announceMessage } from './news.ts'
import { RENDERER_VERSION, render } from './render.ts'

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

export const NOTHING: AnswerText = { content: '', reasoning: '', firstTokenAt: null, usage: null }

/** Writes the end of an attempt with its usage, in one transaction; tries again while the database is away. */
export async function recordEnd(claim: Claim, text: AnswerText, ending: Ending): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await withTenantScope({ tenantId: claim.tenantId, userId: claim.actorId }, () =>
        writeEnd(claim, text, ending)
      )
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

/** Brings a message to its end, in the open unit of work. */
export async function endWith(
  discussion: Discussion,
  message: Message,
  status: Ending['status'],
  error?: Ending['error'],
  at: DateTime = DateTime.now()
) {
  message.merge({
    status,
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    html: render(message.content),
    htmlVersion: RENDERER_VERSION,
    finishedAt: at,
    version: message.version + 1,
  })
  await message.save()
  announceMessage(discussion, message)
}

/** A call that brought no count of its own, because it was cut or failed, is counted by us and marked. */
export async function recordUsage(claim: Claim, text: AnswerText, { status }: Ending) {
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

const NOT_RUN = {
  code: 'not_run',
  message: 'The answer could not be worked on. Retry when the server is well again.',
}

const NOT_ALLOWED = {
  code: 'not_allowed',
  message:
    'Whoever asked this had no right to it any more when its turn came. Retry to ask it yourself.',
}

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
