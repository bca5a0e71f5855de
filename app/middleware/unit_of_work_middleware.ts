import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import NoWorkspaceException from '#exceptions/no_workspace_exception'
import { withTenantScope } from '#services/tenancy/index'

/**
 * One page or one form action, one transaction. It commits before a byte is sent, because responses are written
 * after the middleware has run. The exception handler rolls it back.
 */
export default class UnitOfWorkMiddleware {
  async handle({ tenant, identity }: HttpContext, next: NextFn) {
    if (!tenant || !identity) throw new NoWorkspaceException()
    return withTenantScope({ tenantId: tenant.id, userId: identity.userId }, () => next())
  }
}
