import type { HttpContext } from '@adonisjs/core/http'
import { openStream } from '#services/realtime/index'
import { eventsValidator } from '#validators/events'

const REFUSALS = {
  signedOut: [401, 'E_SIGNED_OUT', 'Sign in to follow live changes.'],
  noWorkspace: [403, 'E_NO_WORKSPACE', 'You are not a member of this workspace.'],
  unknown: [404, 'E_CHANNEL_NOT_FOUND', 'There is nothing here that you can follow.'],
} as const

export default class EventsController {
  async show(ctx: HttpContext) {
    const { identity, tenant, membership, request, requestedHost } = ctx
    if (!identity) return this.#refuse(ctx, ...REFUSALS.signedOut)
    if (!tenant || !membership) return this.#refuse(ctx, ...REFUSALS.noWorkspace)

    const [invalid, query] = await eventsValidator.tryValidate({ channels: channelsOf(request) })
    if (invalid) return this.#refuse(ctx, 422, 'E_CHANNELS', invalid.messages[0].message)

    const { sessionHash, userId } = identity
    const visitor = { sessionHash, userId, tenantId: tenant.id, host: requestedHost }
    const opening = await openStream(visitor, query.channels, connectionOf(ctx))
    if (opening.outcome === 'refused')
      return this.#refuse(ctx, ...REFUSALS.unknown, { channels: opening.channels })
  }

  #refuse(ctx: HttpContext, status: number, code: string, message: string, more = {}) {
    ctx.response.header('Cache-Control', 'no-store')
    return ctx.response.status(status).json({ code, message, ...more })
  }
}

/** As it was sent: request.qs() would cut it at the commas, and keep only so many pieces. */
function channelsOf(request: HttpContext['request']) {
  return new URLSearchParams(request.parsedUrl.query ?? '').get('channels')
}

function connectionOf(ctx: HttpContext) {
  const { request, response } = ctx
  return {
    context: ctx,
    request: request.request,
    response: response.response,
    injectResponseHeaders: response.getHeaders(),
  }
}
