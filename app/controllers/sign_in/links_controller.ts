import type { HttpContext } from '@adonisjs/core/http'
import { consumeLink, hashSecret, signOut } from '#services/identity/index'
import { linkUseValidator } from '#validators/sign_in'
import { browserSecretOf } from './sign_in_controller.ts'

/** A link is used by POST alone: mail scanners and previews only ever GET. */
export default class LinksController {
  async show(ctx: HttpContext) {
    return this.#page(ctx, 'ready')
  }

  async update(ctx: HttpContext) {
    const { identity, request, response, session, params, requestedHost } = ctx
    const { anyBrowser } = await request.validateUsing(linkUseValidator)
    session.regenerate()
    const { outcome } = await consumeLink({
      secret: String(params.token),
      host: requestedHost.host,
      browserSecret: browserSecretOf(ctx),
      anyBrowser: anyBrowser ?? false,
      sessionHash: hashSecret(session.sessionId),
      ip: request.ip(),
      userAgent: request.header('user-agent') ?? '',
    })
    if (outcome !== 'signed_in') return this.#page(ctx, outcome)
    if (identity) await signOut(identity.sessionHash)

    const intended = session.pullIntendedUrl()
    session.clear()
    session.put('signed_in_at', new Date().toISOString())
    return response.redirect().toPath(intended ?? '/')
  }

  #page({ inertia, params, tenant }: HttpContext, state: 'ready' | 'other_browser' | 'invalid') {
    return inertia.render('auth/confirm', {
      token: String(params.token),
      state,
      workspaceName: tenant?.name ?? null,
    })
  }
}
