import { BaseTransformer } from '@adonisjs/core/transformers'
import type Discussion from '#models/discussion'
import { channelName } from '#services/realtime/index'

export default class DiscussionTransformer extends BaseTransformer<Discussion> {
  constructor(
    resource: Discussion,
    private owner: { id: string; name: string },
    private rights: { write: boolean }
  ) {
    super(resource)
  }

  toObject() {
    const { id, tenantId, lastMessageAt } = this.resource
    return {
      ...this.pick(this.resource, ['id', 'title', 'visibility', 'version']),
      updatedAt: lastMessageAt.toUTC().toISO() ?? '',
      owner: this.owner,
      channel: channelName(tenantId, 'discussion', id),
      can: this.rights,
    }
  }
}
