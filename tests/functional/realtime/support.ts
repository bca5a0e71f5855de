import { randomUUID } from 'node:crypto'
import type { TestContext } from '@japa/runner/core'
import app from '@adonisjs/core/services/app'
import { CookieClient } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuid } from 'uuid'
import { readLine, type LineEnd, type LineEvent } from '#inertia/lib/event_line'
import { hashSecret, type Role } from '#services/identity/index'

/** `localhost` is the apex, where the session says which workspace is meant. */
const HOST = '127.0.0.1'

/** A workspace with an owner and one discussion that the whole workspace sees. */
export async function makeWorkspace() {
  const tenantId = uuid()
  await insert('tenants', { id: tenantId, slug: `w-${tenantId.slice(-12)}`, name: 'Workspace' })
  const owner = await makeMember(tenantId, 'owner')
  const discussionId = await makeDiscussion(tenantId, owner.userId)
  return { tenantId, owner, discussionId, channel: `t/${tenantId}/discussion/${discussionId}` }
}

export async function makeDiscussion(tenantId: string, ownerId: string, visibility = 'workspace') {
  const id = uuid()
  await insert('discussions', {
    id,
    tenant_id: tenantId,
    owner_id: ownerId,
    title: 'Tides',
    visibility,
  })
  return id
}

/** Somebody new in the workspace, signed in. */
export async function makeMember(tenantId: string, role: Role = 'member') {
  const userId = uuid()
  await insert('users', { id: userId, email: `${userId}@example.com`, name: 'Somebody' })
  await insert('memberships', { id: uuid(), tenant_id: tenantId, user_id: userId, role })
  return { userId, ...(await makeSession(userId, tenantId)) }
}

export async function makeSession(userId: string, tenantId: string) {
  const sessionId = randomUUID()
  const sessionHash = hashSecret(sessionId)
  await insert('user_sessions', {
    id: sessionHash,
    user_id: userId,
    active_tenant_id: tenantId,
    host: HOST,
    absolute_expires_at: new Date(Date.now() + 3_600_000),
  })
  const signer = new CookieClient((await app.container.make('encryption')).use())
  return { sessionHash, cookie: `nyx_session=${signer.sign('nyx_session', sessionId)}` }
}

/** The platform's connection, which sees all tenants. */
export function everywhere() {
  return db.connection('admin')
}

export function eventsUrl(query: string) {
  return `http://${HOST}:${process.env.PORT}/events?${query}`
}

/** A plain answer of `/events`, for requests that no stream follows. */
export async function ask(query: string, cookie?: string, method = 'GET') {
  const response = await fetch(eventsUrl(query), { method, headers: cookie ? { cookie } : {} })
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    type,
    body: type.includes('json') ? ((await response.json()) as Record<string, unknown>) : {},
  }
}

/** One tab that follows `channels` with this cookie, from the moment the server is ready. */
export async function follow(context: TestContext, cookie: string, channels: string[], extra = '') {
  const events: LineEvent[] = []
  const abort = new AbortController()
  context.cleanup(() => abort.abort())

  let moved = Promise.withResolvers<void>()
  const onEvent = (event: LineEvent) => {
    events.push(event)
    moved.resolve()
    moved = Promise.withResolvers()
  }
  const ended: Promise<LineEnd> = readLine(
    (url, init) => fetch(url, { ...init, headers: { ...init.headers, cookie } }),
    eventsUrl(`channels=${channels.join(',')}${extra}`),
    abort.signal,
    { onBytes: () => {}, onEvent }
  ).catch(() => ({ kind: 'lost' }))

  async function until(isThere: (event: LineEvent) => boolean) {
    while (!events.some(isThere)) {
      const end = await Promise.race([moved.promise, ended])
      if (end) throw new Error(`The line ended: ${JSON.stringify(end)}.`)
    }
  }

  await until(({ payload }) => payload.type === 'ready')
  return { events, ended, until, leave: () => abort.abort() }
}

async function insert(table: string, row: Record<string, unknown>) {
  await everywhere().table(`app.${table}`).insert(row)
}
