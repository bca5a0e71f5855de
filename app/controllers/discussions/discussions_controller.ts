import DiscussionPolicy from '#policies/discussion_policy'
import DiscussionRowTransformer from '#transformers/discussion_row_transformer'
import DiscussionTransformer from '#transformers/discussion_transformer'
import MessageTransformer from '#transformers/message_transformer'
import ModelTransformer from '#transformers/model_transformer'
import ParticipantTransformer from '#transformers/participant_transformer'
import PersonaTransformer from '#transformers/persona_transformer'
import {
  discussionListValidator,
  messageListValidator,
  startDiscussionValidator,
} from '#validators/discussion'
import { llm } from '#services/llm/index'
import { channelName } from '#services/realtime/index'
import { currentScope } from '#services/tenancy/index'
import {
  findDiscussion,
  lastParticipant,
  listDiscussions,
  listPersonas,
  ownerOf,
  readMessages,
  startDiscussion,
  sumAnswers,
} from '#services/discussions/index'
import type { HttpContext } from '@adonisjs/core/http'

export default class DiscussionsController {
  async index({ inertia, request }: HttpContext) {
    const { before } = await request.validateUsing(discussionListValidator, { data: request.qs() })
    const { rows, nextCursor } = await listDiscussions(before)
    const tenantId = currentScope().tenantId ?? ''
    return inertia.render('discussions/index', {
      discussions: DiscussionRowTransformer.transform(rows),
      nextCursor,
      channel: channelName(tenantId, 'discussions', tenantId),
    })
  }

  async create({ bouncer, inertia }: HttpContext) {
    await bouncer.with(DiscussionPolicy).authorize('create')
    const personas = await listPersonas()
    const model = llm.registry.defaultModel()
    return inertia.render('discussions/create', {
      personas: PersonaTransformer.transform(personas),
      models: ModelTransformer.transform(llm.registry.models()),
      defaults: {
        personaId: personas[0]?.id ?? '',
        provider: model?.provider ?? '',
        model: model?.id ?? '',
      },
    })
  }

  async store({ bouncer, request, response }: HttpContext) {
    await bouncer.with(DiscussionPolicy).authorize('create')
    const question = await request.validateUsing(startDiscussionValidator)
    const discussion = await startDiscussion(question)
    return response.redirect().toRoute('discussions.show', { id: discussion.id })
  }

  async show({ bouncer, inertia, params, request }: HttpContext) {
    const discussion = await findDiscussion(params.id)
    const rights = { write: await bouncer.with(DiscussionPolicy).allows('write', discussion) }
    const { from } = await request.validateUsing(messageListValidator, { data: request.qs() })
    const owner = await ownerOf(discussion)
    const { rows, earlier, beyond } = await readMessages(discussion, from)
    return inertia.render('discussions/show', {
      discussion: DiscussionTransformer.transform(discussion, owner, rights),
      participant: ParticipantTransformer.transform(await lastParticipant(discussion)),
      personas: PersonaTransformer.transform(await listPersonas()),
      models: ModelTransformer.transform(llm.registry.models()),
      messages: MessageTransformer.transform(rows, rights),
      earlier,
      beyond,
      sums: await sumAnswers(discussion),
    })
  }
}
