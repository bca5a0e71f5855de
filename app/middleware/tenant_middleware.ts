import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { errors } from '@adonisjs/core'
import WorkspaceSuspendedException from '#exceptions/workspace_suspended_exception'

/** Turns the visit into who, where and as what. A host that names no tenant does not exist. */
export default class TenantMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { visit, requestedHost } = ctx
    if (!visit || (!requestedHost.isApex && !visit.tenant)) {
      throw new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])
    }

    const { user, tenant, role } = visit
    ctx.identity = user && {
      sessionHash: visit.sessionHash,
      userId: user.id,
      userName: user.name,
      email: user.email,
    }
    ctx.tenant = tenant && { id: tenant.id, slug: tenant.slug, name: tenant.name }
    ctx.membership = role && { role }
    if (tenant?.suspended) throw new WorkspaceSuspendedException()

    await ctx.auth.check()
    return next()
  }
}
