import { AsyncLocalStorage } from 'node:async_hooks'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { v7 as uuid } from 'uuid'
import { TenantScopeError } from './errors.ts'

export type TenantClaim = { tenantId: string; userId: string | null }

/** One open unit of work: a transaction and whose it is. */
export type Scope = {
  kind: 'tenant' | 'admin'
  tenantId: string | null
  userId: string | null
  trx: TransactionClientContract
  /** Set the moment the transaction is being closed; everything later is refused. */
  ended: boolean
  /** The first error that was answered inside the unit: the unit rolls back though its function returned. */
  failure: unknown
  /** Runs `fn` outside the unit once its changes are visible to others; not at all after a rollback. */
  afterCommit: (fn: () => void | Promise<void>) => void
}

const storage = new AsyncLocalStorage<Scope | undefined>()

/**
 * Runs `fn` in one short transaction that sees the rows of one tenant. Inside the same tenant's scope it joins
 * it; inside another's, or an admin scope, it throws. Commits when `fn` returns, rolls back when it throws.
 */
export async function withTenantScope<T>(claim: TenantClaim, fn: () => Promise<T>): Promise<T> {
  const outer = storage.getStore()
  if (outer && !outer.ended) {
    if (
      outer.kind === 'tenant' &&
      outer.tenantId === claim.tenantId &&
      outer.userId === claim.userId
    )
      return fn()
    throw TenantScopeError.nested(describe(outer), `tenant ${claim.tenantId}`)
  }

  return runUnit('app', { kind: 'tenant', ...claim }, fn, (trx) =>
    trx.rawQuery(
      `select set_config('app.tenant_id', ?, true), set_config('app.user_id', ?, true)`,
      [claim.tenantId, claim.userId ?? '']
    )
  )
}

/**
 * Runs `fn` across all tenants on the admin connection, for the platform and for jobs that belong to nobody.
 * Never on the request path. The reason is written to `platform_audit_entries` in the same transaction.
 */
export async function withAdminScope<T>(reason: string, fn: () => Promise<T>): Promise<T> {
  const outer = storage.getStore()
  if (outer && !outer.ended) {
    if (outer.kind === 'admin') return fn()
    throw TenantScopeError.nested(describe(outer), 'the platform')
  }

  return runUnit('admin', { kind: 'admin', tenantId: null, userId: null }, fn, (trx) =>
    trx
      .table('platform_audit_entries')
      .insert({ id: uuid(), action: 'admin_scope', detail: { reason } })
  )
}

/**
 * A transaction that may touch the rows of one session and nothing of any tenant.
 * Used before a tenant is known.
 */
export async function withSessionClaim<T>(
  sessionHash: string,
  fn: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  return db.connection('app').transaction(async (trx) => {
    await trx.rawQuery(`select set_config('app.session_id', ?, true)`, [sessionHash])
    return fn(trx)
  })
}

/** The open unit of work. Throws when there is none or it has ended. */
export function currentScope(what = 'This'): Scope {
  const scope = storage.getStore()
  if (!scope) throw TenantScopeError.missing(what)
  if (scope.ended) throw TenantScopeError.ended(what)
  return scope
}

/**
 * Leaves the unit because of `error`: its changes are rolled back, and `fn` runs outside of it. For the
 * exception handler, which answers inside the middleware that opened the unit.
 */
export async function leaveScope<T>(error: unknown, fn: () => Promise<T>): Promise<T> {
  const scope = storage.getStore()
  if (scope && !scope.ended) {
    scope.failure = error
    scope.ended = true
    await scope.trx.rollback()
  }
  return storage.run(undefined, fn)
}

async function runUnit<T>(
  connection: 'app' | 'admin',
  owner: Pick<Scope, 'kind' | 'tenantId' | 'userId'>,
  fn: () => Promise<T>,
  prepare: (trx: TransactionClientContract) => Promise<unknown>
): Promise<T> {
  const trx = await db.connection(connection).transaction()
  const afterCommit: Array<() => void | Promise<void>> = []
  const scope: Scope = {
    ...owner,
    trx,
    ended: false,
    failure: undefined,
    afterCommit: (callback) => afterCommit.push(callback),
  }

  let result: T
  try {
    await prepare(trx)
    result = await storage.run(scope, fn)
  } catch (error) {
    if (!scope.ended) {
      scope.ended = true
      await trx.rollback()
    }
    throw error
  }

  if (scope.ended) return result
  scope.ended = true
  await trx.commit()
  for (const callback of afterCommit) await storage.run(undefined, () => runAfterCommit(callback))
  return result
}

/** What is committed stays so: news of it that cannot be told must not make it look undone. */
async function runAfterCommit(callback: () => void | Promise<void>) {
  try {
    await callback()
  } catch (error) {
    logger.error({ err: error }, 'what should follow a commit failed')
  }
}

function describe(scope: Scope) {
  return scope.kind === 'admin' ? 'the platform' : `tenant ${scope.tenantId}`
}
