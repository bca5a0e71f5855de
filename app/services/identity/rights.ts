import { currentScope, withTenantScope } from '#services/tenancy/index'

/**
 * Whether a person may still do work in a tenant: a member with an execute right, neither disabled nor in a
 * suspended workspace. Asked again before each job, since rights may have gone while it waited.
 */
export async function mayStillWork(tenantId: string, userId: string): Promise<boolean> {
  return withTenantScope({ tenantId, userId }, async () => {
    const membership = await currentScope()
      .trx.from('app.memberships as m')
      .join('app.users as u', 'u.id', 'm.user_id')
      .join('app.tenants as t', 't.id', 'm.tenant_id')
      .where({ 'm.tenant_id': tenantId, 'm.user_id': userId })
      .whereNull('u.disabled_at')
      .whereNull('t.suspended_at')
      .whereNot('m.role', 'viewer')
      .select('m.id')
      .first()
    return membership !== null && membership !== undefined
  })
}
