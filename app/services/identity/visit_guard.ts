import { errors, symbols } from '@adonisjs/auth'
import type { AuthClientResponse, GuardContract } from '@adonisjs/auth/types'
import type { Role, Visit } from './visit.ts'

/** The signed-in person as policies see them: with the role they have in this tenant right now. */
export type Actor = {
  id: string
  name: string
  email: string
  tenantId: string | null
  role: Role | null
}

/** Signed in is whoever the visit says; nothing is read from the session's data. */
export class VisitGuard implements GuardContract<Actor> {
  declare [symbols.GUARD_KNOWN_EVENTS]: {}
  readonly driverName = 'visit'
  authenticationAttempted = false
  isAuthenticated = false
  user?: Actor

  constructor(private visitor: { visit?: Visit }) {}

  async authenticate(): Promise<Actor> {
    await this.check()
    return this.getUserOrFail()
  }

  async check(): Promise<boolean> {
    this.authenticationAttempted = true
    const { user, tenant, role } = this.visitor.visit ?? {}
    this.user = user ? { ...user, tenantId: tenant?.id ?? null, role: role ?? null } : undefined
    this.isAuthenticated = this.user !== undefined
    return this.isAuthenticated
  }

  getUserOrFail(): Actor {
    if (this.user) return this.user
    throw new errors.E_UNAUTHORIZED_ACCESS('Sign in first.', { guardDriverName: this.driverName })
  }

  async authenticateAsClient(): Promise<AuthClientResponse> {
    throw new Error('A session comes from a sign-in link alone. Use the signIn helper of tests/.')
  }
}
