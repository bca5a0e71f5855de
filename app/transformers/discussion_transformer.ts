import { BaseTransformer } from '@adonisjs/core/transformers'
import { personName } from '#services/discussions/index'
import type Discussion from '#models/discussion'
import { channelName } from '#services/realtime/index'

export default class DiscussionTransformer extends BaseTransformer<Discussion> {
  constructor(
    resource: Discussion,
    private owner: { name: string } | null,
    private rights: { write: boolean }
  ) {
    super(resource)
  }

  toObject() {
    const { id, tenantId, ownerId, createdAt, lastMessageAt } = this.resource
    return {
      ...this.pick(this.resource, ['id', 'title', 'visibility', 'version']),
      createdAt: createdAt.toUTC().toISO() ?? '',
      updatedAt: lastMessageAt.toUTC().toISO() ?? '',
      owner: { id: ownerId, name: personName(this.owner?.name) },
      channel: channelName(tenantId, 'discussion', id),
      can: this.rights,
    }
  }
}
