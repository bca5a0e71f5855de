import { BaseTransformer } from '@adonisjs/core/transformers'
import type { ParticipantRow } from '#services/discussions/index'
import PersonaTransformer from './persona_transformer.ts'

export default class ParticipantTransformer extends BaseTransformer<ParticipantRow> {
  toObject() {
    return {
      ...this.pick(this.resource, ['provider', 'model']),
      persona: PersonaTransformer.transform(this.resource.persona),
    }
  }
}
