import { computed, ref } from 'vue'
import { type ModelChoice, type ModelView, type PersonaView } from '~/types'

interface Choices {
  personas: PersonaView[]
  models: ModelView[]
}

export function modelKey(model: { provider: string; id: string }): string {
  return `${model.provider}/${model.id}`
}

/** Who answers next: a persona and the model that plays it. */
export function useParticipantChoice(choices: Choices, initial: ModelChoice) {
  const personaId = ref(initial.personaId)
  const modelId = ref(modelKey({ provider: initial.provider, id: initial.model }))

  const persona = computed(() => choices.personas.find(({ id }) => id === personaId.value))
  const model = computed(() => choices.models.find((each) => modelKey(each) === modelId.value))

  /** Why nothing can be asked now, as a sentence; null when it can. */
  const obstacle = computed(() => {
    if (!persona.value) return 'Choose a persona that answers.'
    if (!model.value) return 'The model of this discussion is gone. Choose another one.'
    if (!model.value.available) {
      return (
        model.value.note ??
        `${model.value.providerLabel} is not available now. Choose another model.`
      )
    }
    return null
  })

  const fields = computed<ModelChoice>(() => ({
    personaId: personaId.value,
    provider: model.value?.provider ?? initial.provider,
    model: model.value?.id ?? initial.model,
  }))

  return { personaId, modelId, persona, model, obstacle, fields }
}
