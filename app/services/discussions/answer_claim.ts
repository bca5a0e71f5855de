import Discussion from '#models/discussion'
import Message from '#models/message'
import Persona from '#models/persona'
import { DateTime } from 'luxon'
import type { ChatRequest } from '#services/llm/index'
import { currentScope, withTenantScope } from '#services/tenancy/index'
import type { AnswerPayload } from './answer.ts'
import { NOTHING, endWith, recordEnd, recordUsage, type AnswerText } from './answer_end.ts'
import { announceMessage } from './news.ts'
import { buildRequest } from './prompt.ts'

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

    const { request, leftOut } = await buildRequest(message, persona)
    const claim: Claim = {
      tenantId,
      actorId,
      discussionId: discussion.id,
      messageId,
      personaId: persona.id,
      attempt: message.attempt,
      provider: message.provider,
      request,
    }
    if (message.status === 'streaming' && message.mayHaveBeenPaid) {
      const { content, reasoning, updatedAt } = message
      // It ended when its last words were stored, not when somebody noticed.
      await endWith(discussion, message, 'interrupted', DIED, updatedAt)
      await recordUsage(claim, { ...NOTHING, content, reasoning }, { status: 'interrupted' })
      return null
    }

    message.status = 'streaming'
    message.startedAt = DateTime.now()
    message.leftOut = leftOut
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

const DIED = { code: 'restarted', message: 'The server stopped while this was being written.' }

/** The row, as long as this attempt still holds it. */
function held({ messageId, attempt }: Claim) {
  return currentScope()
    .trx.from('app.messages')
    .where({ id: messageId, attempt, status: 'streaming' })
}

function inScope<T>({ tenantId, actorId }: Claim, fn: () => Promise<T>) {
  return withTenantScope({ tenantId, userId: actorId }, fn)
}
