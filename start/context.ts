import type { RequestedHost } from '#services/tenancy/index'
import type { Role, Visit } from '#services/identity/index'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    requestedHost: RequestedHost
    visit?: Visit
    identity: { sessionHash: string; userId: string; userName: string; email: string } | null
    tenant: { id: string; slug: string; name: string } | null
    membership: { role: Role } | null
  }
}
