import DiscussionPolicy from '#policies/discussion_policy'
import { findDiscussion, findMessage, stopAnswer } from '#services/discussions/index'
import type { HttpContext } from '@adonisjs/core/http'

export default class CancellationsController {
  async store({ bouncer, params, response }: HttpContext) {
    const discussion = await findDiscussion(params.discussion_id)
    const message = await findMessage(discussion, params.message_id)
    await bouncer.with(DiscussionPolicy).authorize('write', discussion)
    await stopAnswer(discussion, message)
    return response.redirect().toRoute('discussions.show', { id: discussion.id })
  }
}
