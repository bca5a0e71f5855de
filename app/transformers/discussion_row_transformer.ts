import { BaseTransformer } from '@adonisjs/core/transformers'
import { personName, type DiscussionRow } from '#services/discussions/index'
import PersonaTransformer from './persona_transformer.ts'

export default class DiscussionRowTransformer extends BaseTransformer<DiscussionRow> {
  toObject() {
    const { ownerId, ownerName, lastMessageAt, personas } = this.resource
    return {
      ...this.pick(this.resource, [
        'id',
        'title',
        'visibility',
        'snippet',
        'messageCount',
        'live',
        'trouble',
        'version',
      ]),
      owner: { id: ownerId, name: personName(ownerName) },
      personas: PersonaTransformer.transform(personas),
      updatedAt: lastMessageAt.toISOString(),
    }
  }
}
