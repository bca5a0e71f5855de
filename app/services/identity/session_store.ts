import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { SessionData, SessionStoreContract } from '@adonisjs/session/types'
import { withSessionClaim, type RequestedHost } from '#services/tenancy/index'
import { readVisit, type Visit } from './visit.ts'
import { hashSecret } from './tokens.ts'

/** What the store needs of a request: where it goes, and a place to leave what was found. */
export type SessionVisitor = { requestedHost: RequestedHost; visit?: Visit }

const DAY_MS = 24 * 3_600_000
const IDLE_MS = 14 * DAY_MS
/** Whoever passes by without signing in leaves a row: it goes soon, or a flood of them would stay. */
const GUEST_MS = DAY_MS

/**
 * Session data in PostgreSQL under the hash of the session's id. Reading it is the request's one look at who is
 * here: the whole answer is left on the context. Last-seen times move at most once a minute.
 */
export class PostgresSessionStore implements SessionStoreContract {
  constructor(private visitor: SessionVisitor) {}

  async read(sessionId: string): Promise<SessionData | null> {
    this.visitor.visit = await readVisit(sessionId, this.visitor.requestedHost)
    const { sessionData } = this.visitor.visit
    return sessionData ? (JSON.parse(sessionData) as SessionData) : null
  }

  async write(sessionId: string, data: SessionData): Promise<void> {
    const id = hashSecret(sessionId)
    const row = {
      id,
      data: JSON.stringify(data),
      expires_at: fromNow(data.signed_in_at ? IDLE_MS : GUEST_MS),
      updated_at: new Date(),
    }
    await withSessionClaim(id, async (trx) => {
      await trx.knexQuery().table('app.sessions').insert(row).onConflict('id').merge()
      await this.#see(id, trx)
    })
  }

  async destroy(sessionId: string): Promise<void> {
    const id = hashSecret(sessionId)
    await withSessionClaim(id, (trx) => trx.from('app.sessions').where('id', id).delete())
  }

  async touch(sessionId: string): Promise<void> {
    if (!this.visitor.visit?.touchDue) return
    const id = hashSecret(sessionId)
    await withSessionClaim(id, async (trx) => {
      await trx
        .from('app.sessions')
        .where('id', id)
        .update({ expires_at: fromNow(IDLE_MS) })
      await this.#see(id, trx)
    })
  }

  async #see(id: string, trx: TransactionClientContract) {
    if (!this.visitor.visit?.touchDue) return
    await trx.from('app.user_sessions').where('id', id).update({ last_seen_at: new Date() })
  }
}

function fromNow(ms: number) {
  return new Date(Date.now() + ms)
}
