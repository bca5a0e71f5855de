import nyx from '#config/nyx'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import BaseInertiaMiddleware from '@adonisjs/inertia/inertia_middleware'

const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

export default class InertiaMiddleware extends BaseInertiaMiddleware {
  /**
   * What every page gets: plain values, since an error page is rendered outside any unit of work and before
   * session, tenant or identity may be known.
   */
  share(ctx: HttpContext) {
    const { identity, tenant, membership, session } = ctx as Partial<HttpContext>
    const flash = session?.initiated ? session.flashMessages : undefined
    const failures: Record<string, string> = flash?.get('errorsBag') ?? {}
    const failure = Object.entries(failures).find(([code]) => code !== 'E_VALIDATION_ERROR')

    return {
      errors: ctx.inertia.always(session?.initiated ? this.getValidationErrors(ctx) : {}),
      flash: ctx.inertia.always({
        success: flash?.get('success') as string | undefined,
        error: failure?.[1],
      }),
      user: identity
        ? { id: identity.userId, name: identity.userName, email: identity.email }
        : null,
      workspace: tenant ? { id: tenant.id, name: tenant.name, slug: tenant.slug } : null,
      role: membership?.role ?? null,
      can: { createDiscussion: membership ? membership.role !== 'viewer' : false },
      theme: readTheme(ctx),
      csrfToken: ctx.request.csrfToken ?? '',
      demo: nyx.demo,
      mailbox: nyx.developer,
      requestId: ctx.request.id() ?? '',
    }
  }

  async handle(ctx: HttpContext, next: NextFn) {
    await this.init(ctx)
    ctx.view.share({ theme: readTheme(ctx) })
    const output = await next()
    this.dispose(ctx)
    return output
  }
}

/** The browser sets this cookie itself, unsigned: a theme is no secret and must be known before the first paint. */
function readTheme({ request }: HttpContext): Theme {
  const asked = request.plainCookie('nyx_theme', undefined, false)
  return THEMES.find((theme) => theme === asked) ?? 'system'
}

declare module '@adonisjs/inertia/types' {
  type MiddlewareSharedProps = InferSharedProps<InertiaMiddleware>
  export interface SharedProps extends MiddlewareSharedProps {}
}
