import { request } from 'node:http'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { makeDiscussion } from '#tests/functional/realtime/support'
import { Visitor } from '#tests/support/visitor'
import { until } from '#tests/support/until'
import { makeWorkspace, type Workspace } from '#tests/support/workspace'

const ROUNDS = 100 * Number(process.env.NYX_TEST_SCALE ?? 1)
const DEMO = { provider: 'demo', model: 'demo' }
const JSON_ONLY = { accept: 'application/json' }

test.group('Crossing | two workspaces at once', () => {
  test('a pool of three serves a hundred requests without mixing them up', async ({
    assert,
    cleanup,
  }) => {
    cleanup(shrinkPool(3))
    const sides = [await makeSide(), await makeSide()]
    const hangUps = { count: 0 }
    const crossings: string[] = []

    await Promise.all(
      Array.from({ length: ROUNDS }, async (_, round) => {
        const [mine, other] = round % 2 ? sides : sides.toReversed()
        const body = await STEPS[round % STEPS.length](mine, other, hangUps)
        if (body.includes(other.tenant.id) || body.includes(other.secret)) crossings.push(body)
      })
    )

    assert.deepEqual(crossings, [])
    assert.isAbove(hangUps.count, ROUNDS / 10)
    for (const { tenant, people, visitor, secret } of sides) {
      const owners = await db
        .connection('admin')
        .from('app.discussions')
        .where('tenant_id', tenant.id)
      assert.isTrue(owners.every(({ owner_id: ownerId }) => ownerId === people.owner.id))
      assert.include((await visitor.get('/discussions')).body, secret)
    }
    await until('every connection to be back', () => poolOfApp().numUsed() === 0)
  }).timeout(120_000)
})

test.group('Crossing | one request', () => {
  test('a form that fails half-way leaves nothing behind', async ({ assert }) => {
    const { visitor, tenant, question } = await makeSide()
    const before = await countDiscussions(tenant.id)

    // The discussion is inserted first; then the model turns out to be unknown.
    const reply = await visitor.post(
      '/discussions',
      { ...question, model: 'no-such-model' },
      JSON_ONLY
    )

    assert.equal(reply.status, 422)
    assert.equal(await countDiscussions(tenant.id), before)
  })

  test("another workspace's persona is nobody, and nothing is left of the try", async ({
    assert,
  }) => {
    const [here, there] = [await makeSide(), await makeSide()]
    const stolen = { ...here.question, personaId: there.personas[0].id }
    const before = await countDiscussions(here.tenant.id)

    for (const path of ['/discussions', `/discussions/${here.discussionId}/messages`])
      assert.equal((await here.visitor.post(path, stolen, JSON_ONLY)).status, 404, path)

    assert.equal(await countDiscussions(here.tenant.id), before)
    assert.equal(await countMessages(here.discussionId), 0)
  })

  test('a message is found under its own discussion alone', async ({ assert }) => {
    const here = await makeSide()
    await here.visitor.post(`/discussions/${here.discussionId}/messages`, here.question)
    const { id } = await db
      .connection('admin')
      .from('app.messages')
      .where({ discussion_id: here.discussionId, role: 'assistant' })
      .firstOrFail()
    const elsewhere = await makeDiscussion(here.tenant.id, here.people.owner.id)

    for (const action of ['attempts', 'cancellation']) {
      const reply = await here.visitor.post(
        `/discussions/${elsewhere}/messages/${id}/${action}`,
        {},
        JSON_ONLY
      )
      assert.equal(reply.status, 404, action)
    }
  })

  test('a private discussion is not there for others, be they owners', async ({ assert }) => {
    const { tenant, people, visitor, question } = await makeSide()
    const hidden = await makeDiscussion(tenant.id, people.member.id, 'private')

    assert.equal((await visitor.get(`/discussions/${hidden}`, JSON_ONLY)).status, 404)
    assert.equal(
      (await visitor.post(`/discussions/${hidden}/messages`, question, JSON_ONLY)).status,
      404
    )
    assert.notInclude((await visitor.get('/discussions')).body, hidden)
  })

  test("another's record costs the same statements as one that nobody has", async ({ assert }) => {
    const [here, there] = [await makeSide(), await makeSide()]

    const { id } = here.people.owner
    const theirs = await statementsOf(id, () =>
      here.visitor.get(`/discussions/${there.discussionId}`)
    )
    const nobodys = await statementsOf(id, () =>
      here.visitor.get(`/discussions/${crypto.randomUUID()}`)
    )

    assert.include(theirs, 'ROLLBACK')
    assert.deepEqual(theirs, nobodys)
  })
})

type Side = Awaited<ReturnType<typeof makeSide>>
type Step = (mine: Side, other: Side, hangUps: { count: number }) => Promise<string>

/** What people do at once; each answers with what they got to see. */
const STEPS: Step[] = [
  async ({ visitor }) => (await visitor.get('/discussions')).body,
  async ({ visitor, discussionId }) => (await visitor.get(`/discussions/${discussionId}`)).body,
  async ({ visitor }, other) => {
    const reply = await visitor.get(`/discussions/${other.discussionId}`, JSON_ONLY)
    return reply.status === 404 ? '' : `${other.secret}: ${reply.status} ${reply.body}`
  },
  async ({ visitor, question }) => {
    const reply = await visitor.post('/discussions', question, JSON_ONLY)
    return reply.status === 302 ? '' : reply.body
  },
  async ({ visitor, question }, other) => {
    const reply = await visitor.post(
      '/discussions',
      { ...question, personaId: other.personas[0].id },
      JSON_ONLY
    )
    return reply.status === 404 ? '' : `${other.secret}: ${reply.status} ${reply.body}`
  },
  async ({ visitor }, _other, hangUps) => {
    await hangUp(visitor, '/discussions')
    hangUps.count++
    return ''
  },
]

/** A workspace with its owner signed in and one discussion whose title nobody else may see. */
async function makeSide() {
  const workspace: Workspace = await makeWorkspace()
  const { tenant, people, personas, host } = workspace
  const secret = `secret-${tenant.slug}`
  const discussionId = await makeDiscussion(tenant.id, people.owner.id)
  await db
    .connection('admin')
    .from('app.discussions')
    .where('id', discussionId)
    .update({ title: secret })
  await db
    .connection('admin')
    .table('app.participants')
    .insert({
      id: crypto.randomUUID(),
      tenant_id: tenant.id,
      discussion_id: discussionId,
      persona_id: personas[0].id,
      ...DEMO,
    })
  const question = { content: secret, personaId: personas[0].id, ...DEMO }
  const visitor = await Visitor.signedIn(people.owner, host)
  return { ...workspace, secret, discussionId, question, visitor }
}

/** Asks and hangs up while the server is at work. */
function hangUp(visitor: Visitor, path: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const call = request({
    path,
    host: '127.0.0.1',
    port: env.get('PORT'),
    agent: false,
    headers: { host: visitor.host, cookie, accept: 'text/html' },
  })
  call.once('error', () => resolve())
  call.end(() => setImmediate(() => call.destroy(new Error('Hung up.'))))
  return promise
}

/** Gives the app role a pool of `max` connections. Answers with how to give the old one back. */
function shrinkPool(max: number) {
  const config = db.manager.get('app')?.config
  if (!config) throw new Error('There is no connection of the app role.')
  db.manager.patch('app', { ...config, pool: { min: 0, max } })
  return () => db.manager.patch('app', config)
}

function poolOfApp() {
  return db.connection('app').getWriteClient().client.pool as { numUsed: () => number }
}

type Query = { sql: string; bindings?: unknown[]; __knexTxId?: string }

/** The SQL of the units that `userId` opens while `fn` runs; workers are busy on the same pool. */
async function statementsOf(userId: string, fn: () => Promise<unknown>): Promise<string[]> {
  const client = db.connection('app').getWriteClient()
  const queries: Query[] = []
  const listen = (query: Query) => void queries.push(query)
  client.on('query', listen)
  await fn()
  client.removeListener('query', listen)
  const units = queries
    .filter(({ bindings }) => bindings?.includes(userId))
    .map((query) => query.__knexTxId)
  return queries
    .filter((query) => query.__knexTxId && units.includes(query.__knexTxId))
    .map(({ sql }) => sql)
}

async function countDiscussions(tenantId: string) {
  return (await db.connection('admin').from('app.discussions').where('tenant_id', tenantId)).length
}

async function countMessages(discussionId: string) {
  return (await db.connection('admin').from('app.messages').where('discussion_id', discussionId))
    .length
}
