import { sessionContext, type RequestedHost, type SessionContext } from '#services/tenancy/index'
import { hashSecret } from './tokens.ts'

export type Role = NonNullable<SessionContext['role']>

/** Who is here, where, and as what; read anew on every request. */
export type Visit = {
  sessionHash: string
  host: RequestedHost
  sessionData: string | null
  /** The session's last-seen time is older than a minute. */
  touchDue: boolean
  user: { id: string; name: string; email: string } | null
  tenant: { id: string; slug: string; name: string; suspended: boolean } | null
  role: Role | null
}

/** The tenant of a tenant host is there with or without a session. */
export async function readVisit(sessionId: string, host: RequestedHost): Promise<Visit> {
  return readVisitByHash(hashSecret(sessionId), host)
}

export async function readVisitByHash(sessionHash: string, host: RequestedHost): Promise<Visit> {
  const row = await sessionContext(sessionHash, host)
  return {
    sessionHash,
    host,
    sessionData: row.data,
    touchDue: row.touch_due ?? false,
    user: row.user_id ? { id: row.user_id, name: row.user_name, email: row.user_email } : null,
    tenant: row.tenant_id
      ? {
          id: row.tenant_id,
          slug: row.tenant_slug,
          name: row.tenant_name,
          suspended: row.tenant_suspended,
        }
      : null,
    role: row.role,
  }
}
