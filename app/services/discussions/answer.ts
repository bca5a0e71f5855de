import { llm, LlmError } from '#services/llm/index'
import { JobInterrupted } from '#services/queue/index'
import { claimAnswer, markSent, type Claim } from './answer_claim.ts'
import { recordEnd, type Ending } from './answer_end.ts'
import { GrowingAnswer } from './growing_answer.ts'

/** `attempt` is the one that was asked for: a job left over from an earlier one does nothing. */
export type AnswerPayload = {
  tenantId: string
  actorId: string
  messageId: string
  attempt: number
}

/**
 * Lets a model answer one queued message. Text reaches watchers as it comes and the row twice a second; whatever
 * happens, the message ends in a state that people see. `signal` is the job's. Throws only while nothing has been
 * sent to the provider, and when the end cannot be stored: then the job comes again.
 */
export async function answer(payload: AnswerPayload, signal: AbortSignal): Promise<void> {
  const claim = await claimAnswer(payload)
  if (!claim) return

  signal.throwIfAborted()
  if (!(await markSent(claim))) return

  const growing = new GrowingAnswer(claim, signal)
  const failure = await listen(claim, growing).finally(() => growing.settle())
  if (growing.isLost) return
  await recordEnd(claim, growing.text(), endingOf(growing, failure))
}

/** Feeds the model's events into the answer. Returns what went wrong instead of throwing it. */
async function listen(claim: Claim, growing: GrowingAnswer): Promise<LlmError | null> {
  try {
    for await (const event of llm.registry.stream(claim.provider, claim.request, growing.signal)) {
      growing.take(event)
    }
    return null
  } catch (error) {
    if (error instanceof LlmError) return error
    throw error
  }
}

function endingOf(growing: GrowingAnswer, failure: LlmError | null): Ending {
  if (growing.isStopped) return { status: 'stopped' }
  if (growing.isFull) return { status: 'complete', finishReason: 'length' }
  if (growing.interruption instanceof JobInterrupted)
    return {
      status: 'interrupted',
      error: {
        code: 'restarted',
        message: 'The server was restarted while this was being written.',
      },
    }
  if (!failure) return { status: 'complete', finishReason: growing.finishReason }
  return {
    status: growing.hasText ? 'interrupted' : 'failed',
    error: { code: failure.code, message: failure.message },
  }
}
