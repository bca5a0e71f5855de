import Participant from '#models/participant'
import Persona from '#models/persona'
import ModelNotUsableException from '#exceptions/model_not_usable_exception'
import { LlmError, llm } from '#services/llm/index'
import type Discussion from '#models/discussion'

export type ParticipantRow = { persona: Persona; provider: string; model: string }
export type Choice = { personaId: string; provider: string; model: string }

/** The personas one may ask, in the workspace's order. */
export async function listPersonas(): Promise<Persona[]> {
  return Persona.query().withScopes((scopes) => scopes.active())
}

/** Who answered last here, and so answers next unless somebody chooses otherwise. */
export async function lastParticipant(discussion: Discussion): Promise<ParticipantRow> {
  const participant = await discussion
    .related('participants')
    .query()
    .orderBy('id', 'desc')
    .firstOrFail()
  const persona = await Persona.findOrFail(participant.personaId)
  return { persona, provider: participant.provider, model: participant.model }
}

/**
 * The participant for a choice of persona and model, made when it is new here. Throws when the model cannot be
 * used, and not-found when the persona is nobody of this workspace.
 */
export async function takeSeat(discussion: Discussion, choice: Choice) {
  assertUsable(choice)
  const persona = await Persona.query()
    .where('id', choice.personaId)
    .whereNull('archived_at')
    .firstOrFail()

  const seats = await discussion.related('participants').query().orderBy('position')
  const { personaId, provider, model } = choice
  const seat =
    seats.find(
      (one) => one.personaId === personaId && one.provider === provider && one.model === model
    ) ??
    (await Participant.create({
      discussionId: discussion.id,
      personaId,
      provider,
      model,
      position: seats.length,
    }))
  return { seat, persona }
}

/** Refuses a model that is unknown, or whose provider is not ready, with a sentence that says so. */
export function assertUsable({ provider, model }: Pick<Choice, 'provider' | 'model'>): void {
  try {
    llm.registry.find(provider, model)
  } catch (error) {
    if (error instanceof LlmError)
      throw new ModelNotUsableException(error.message, { cause: error })
    throw error
  }
}
