import Discussion from '#models/discussion'
import Message from '#models/message'
import { currentScope } from '#services/tenancy/index'
import { errors } from '@adonisjs/lucid'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A discussion that the person of this unit may see. Anything else, however it is wrong, is not found. */
export async function findDiscussion(id: string): Promise<Discussion> {
  const { userId } = currentScope('A discussion')
  if (!UUID.test(id)) throw new errors.E_ROW_NOT_FOUND(Discussion)
  return Discussion.query()
    .where('id', id)
    .withScopes((scopes) => scopes.visibleTo(userId ?? ''))
    .firstOrFail()
}

/** A message of this very discussion; parent and child are checked together. */
export async function findMessage(discussion: Discussion, id: string): Promise<Message> {
  if (!UUID.test(id)) throw new errors.E_ROW_NOT_FOUND(Message)
  return Message.query().where({ id, discussionId: discussion.id }).firstOrFail()
}
