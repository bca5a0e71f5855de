export { TenantScopeError } from './errors.ts'
export { assertModestRole, consumeLoginToken, sessionContext, type SessionContext } from './gate.ts'
export { originOf, readHost, type RequestedHost } from './host.ts'
export {
  currentScope,
  leaveScope,
  withAdminScope,
  withSessionClaim,
  withTenantScope,
  type Scope,
  type TenantClaim,
} from './scope.ts'
export { TenantAdapter } from './tenant_adapter.ts'
