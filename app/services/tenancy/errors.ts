import { Exception } from '@adonisjs/core/exceptions'

/** A mistake in our code, never in a request: the data layer was used without a unit of work of the right tenant. */
export class TenantScopeError extends Exception {
  static status = 500
  static code = 'E_TENANT_SCOPE'

  static missing(what: string) {
    return new TenantScopeError(`${what} needs a tenant scope. Open one with withTenantScope.`)
  }

  static ended(what: string) {
    return new TenantScopeError(`${what} came after its tenant scope had ended.`)
  }

  static mightyRole(name: string) {
    return new TenantScopeError(
      `DATABASE_URL signs in as ${name}, which row security does not hold. Use the nyx_app role.`
    )
  }

  static nested(from: string, to: string) {
    return new TenantScopeError(`A scope of ${to} cannot open inside a scope of ${from}.`)
  }
}
