import DiscussionPolicy from '#policies/discussion_policy'
import { askValidator } from '#validators/discussion'
import { ask, findDiscussion } from '#services/discussions/index'
import type { HttpContext } from '@adonisjs/core/http'

export default class MessagesController {
  async store({ bouncer, params, request, response }: HttpContext) {
    const discussion = await findDiscussion(params.discussion_id)
    await bouncer.with(DiscussionPolicy).authorize('write', discussion)
    const question = await request.validateUsing(askValidator)
    await ask(discussion, question)
    return response.redirect().toRoute('discussions.show', { id: discussion.id })
  }
}
