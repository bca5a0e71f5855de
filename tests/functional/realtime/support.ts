import { randomBytes } from 'node:crypto'
import type { TestContext } from '@japa/runner/core'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuid } from 'uuid'
import env from '#start/env'
import Membership from '#models/membership'
import User from '#models/user'
import { readLine, type LineEnd, type LineEvent } from '#inertia/lib/event_line'
import type { Role } from '#services/identity/index'
import { withAdminScope } from '#services/tenancy/index'
import { Visitor } from '#tests/support/visitor'
import { makeWorkspace } from '#tests/support/workspace'

/** An apex host that `fetch` can be pointed at; there the session says which workspace is meant. */
const HOST = '127.0.0.1'

/** A workspace whose owner is signed in, and one discussion that the whole workspace sees. */
export async function makeStage() {
  const { tenant, people } = await makeWorkspace()
  const owner = await signIn(people.owner)
  const discussionId = await makeDiscussion(tenant.id, owner.userId)
  const channel = `t/${tenant.id}/discussion/${discussionId}`
  return { tenantId: tenant.id, owner, discussionId, channel }
}

export async function makeDiscussion(tenantId: string, ownerId: string, visibility = 'workspace') {
  const id = uuid()
  const row = { id, tenant_id: tenantId, owner_id: ownerId, title: 'Tides', visibility }
  await everywhere().table('app.discussions').insert(row)
  return id
}

/** Somebody new in the workspace, signed in. */
export async function makeMember(tenantId: string, role: Role = 'member') {
  const user = await withAdminScope('test member', async () => {
    const email = `${randomBytes(6).toString('hex')}@example.com`
    const person = await User.create({ email, name: 'Somebody' })
    await Membership.create({ tenantId, userId: person.id, role })
    return person
  })
  return signIn(user)
}

/** A new session of this person, in a browser of its own. */
export async function signIn(user: { id: string; email: string }) {
  const { cookies } = await Visitor.signedIn(user, HOST)
  const session = await everywhere()
    .from('app.user_sessions')
    .where('user_id', user.id)
    .orderBy('created_at', 'desc')
    .firstOrFail()
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return { user, userId: user.id, sessionHash: session.id as string, cookie }
}

/** The platform's connection, which sees all tenants. */
export function everywhere() {
  return db.connection('admin')
}

export function eventsUrl(query: string) {
  return `http://${HOST}:${env.get('PORT')}/events?${query}`
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
