import type { HttpContext } from '@adonisjs/core/http'
import { consumeLink, hashSecret, signOut, type LinkOutcome } from '#services/identity/index'
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
    const use = {
      secret: String(params.token),
      host: requestedHost.host,
      browserSecret: browserSecretOf(ctx),
      anyBrowser: anyBrowser ?? false,
      ip: request.ip(),
      userAgent: request.header('user-agent') ?? '',
    }
    // A link that leads nowhere must not cost the session that somebody has.
    const foreseen = await consumeLink({ ...use, sessionHash: null })
    if (foreseen.outcome !== 'ready') return this.#page(ctx, foreseen.outcome)

    session.regenerate()
    const used = await consumeLink({ ...use, sessionHash: hashSecret(session.sessionId) })
    if (used.outcome !== 'signed_in') return this.#page(ctx, used.outcome)
    if (identity) await signOut(identity.sessionHash)

    const intended = session.pullIntendedUrl()
    session.clear()
    session.put('signed_in_at', new Date().toISOString())
    return response.redirect().toPath(intended ?? '/')
  }

  #page({ inertia, params, tenant }: HttpContext, state: LinkOutcome['outcome']) {
    return inertia.render('auth/confirm', {
      token: String(params.token),
      state: state === 'signed_in' ? ('ready' as const) : state,
      workspaceName: tenant?.name ?? null,
    })
  }
}
