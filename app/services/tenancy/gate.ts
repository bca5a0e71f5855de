import db from '@adonisjs/lucid/services/db'
import { TenantScopeError } from './errors.ts'
import type { RequestedHost } from './host.ts'

/** The row of `app.session_context`: who visits, where, in which role. Always one. */
export type SessionContext = {
  data: string | null
  user_id: string | null
  user_name: string
  user_email: string
  touch_due: boolean | null
  tenant_id: string | null
  tenant_slug: string
  tenant_name: string
  tenant_suspended: boolean
  role: 'owner' | 'admin' | 'member' | 'viewer' | null
}

/** What the app role may learn before it knows a tenant; one statement a request. */
export async function sessionContext(
  sessionHash: string,
  { host, slug, isApex }: RequestedHost
): Promise<SessionContext> {
  const { rows } = await db
    .connection('app')
    .rawQuery<{ rows: SessionContext[] }>(
      `select * from app.session_context(?, ?, nullif(?, ''), ?)`,
      [sessionHash, host, slug ?? '', isApex]
    )
  return rows[0]
}

/** Turns the hash of a link's secret into a session, once. Hashes only; see the function's migration. */
export async function consumeLoginToken(use: {
  tokenHash: string
  host: string
  browserHash: string | null
  anyBrowser: boolean
  /** Null: only look what would come of it. */
  sessionHash: string | null
  ip: string
  userAgent: string
}) {
  const { tokenHash, host, browserHash, anyBrowser, sessionHash, ip, userAgent } = use
  const bindings = [
    tokenHash,
    host,
    browserHash ?? '',
    anyBrowser,
    sessionHash ?? '',
    ip,
    userAgent,
  ]
  const { rows } = await db.connection('app').rawQuery<{
    rows: {
      outcome: 'ready' | 'signed_in' | 'other_browser' | 'invalid'
      user_id: string | null
      tenant_id: string | null
    }[]
  }>(`select * from app.consume_login_token(?, ?, nullif(?, ''), ?, nullif(?, ''), ?, ?)`, bindings)
  return rows[0]
}

/** Refuses to go on as a role that row security does not hold: a superuser, or one that bypasses it. */
export async function assertModestRole(): Promise<void> {
  const { rows } = await db
    .connection('app')
    .rawQuery<{ rows: { name: string; mighty: boolean }[] }>(
      `select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty
       from pg_roles where rolname = current_user`
    )
  if (rows[0].mighty) throw TenantScopeError.mightyRole(rows[0].name)
}
