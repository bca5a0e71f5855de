import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { v7 as uuid } from 'uuid'
import Discussion from '#models/discussion'
import Participant from '#models/participant'
import Persona from '#models/persona'
import Tenant from '#models/tenant'
import User from '#models/user'
import { currentScope, withTenantScope } from '#services/tenancy/index'
import { makeDiscussion, makeTenants, titlesOf } from './support.ts'

const TENANT_TABLES = [
  'custom_domains',
  'memberships',
  'personas',
  'discussions',
  'participants',
  'messages',
]

test.group("Row security | another tenant's rows", () => {
  test('are not read, counted, changed or deleted', async ({ assert }) => {
    const { here, there } = await makeTenants()
    const theirs = await makeDiscussion(there, 'Theirs')

    await withTenantScope(here, async () => {
      assert.isNull(await Discussion.find(theirs.id))
      assert.lengthOf(await Discussion.query().where('tenant_id', there.tenantId), 0)
      assert.equal(
        await Discussion.query()
          .where('id', theirs.id)
          .update({ title: 'Ours' })
          .then(([count]) => count),
        0
      )
      await currentScope().trx.from('app.discussions').where('id', theirs.id).delete()
    })

    assert.deepEqual(await titlesOf(there), ['Theirs'])
  })

  test('are not written, by whatever tenant_id a row is given', async ({ assert }) => {
    const { here, there } = await makeTenants()
    const row = { tenantId: there.tenantId, ownerId: there.userId, title: 'Smuggled' }

    const byModel = withTenantScope(here, () => Discussion.create(row))
    const byHand = withTenantScope(here, () =>
      currentScope().trx.table('app.discussions').insert({
        id: uuid(),
        tenant_id: row.tenantId,
        owner_id: row.ownerId,
        title: row.title,
      })
    )

    await assert.rejects(() => byModel, /violates row-level security policy/)
    await assert.rejects(() => byHand, /violates row-level security policy/)
    assert.deepEqual(await titlesOf(there), [])
  })

  test('do not take in one of ours', async ({ assert }) => {
    const { here, there } = await makeTenants()
    const ours = await makeDiscussion(here, 'Ours')

    const unit = withTenantScope(here, async () => {
      const moved = await Discussion.findOrFail(ours.id)
      moved.tenantId = there.tenantId
      await moved.save()
    })

    await assert.rejects(() => unit, /violates row-level security policy/)
  })

  test('are not pointed at', async ({ assert }) => {
    const { here, there } = await makeTenants()
    const ours = await makeDiscussion(here, 'Ours')
    const theirs = await makeDiscussion(there, 'Theirs')
    const [persona] = await withTenantScope(here, () => Persona.all())
    const [stranger] = await withTenantScope(there, () => Persona.all())
    const sit = (discussionId: string, personaId: string) =>
      withTenantScope(here, () =>
        Participant.create({
          discussionId,
          personaId,
          provider: 'demo',
          model: 'demo',
          position: 0,
        })
      )

    await assert.rejects(() => sit(theirs.id, persona.id), /violates foreign key constraint/)
    await assert.rejects(() => sit(ours.id, stranger.id), /violates foreign key constraint/)
    await sit(ours.id, persona.id)
  })

  test('may carry the same values as ours', async () => {
    const { here, there } = await makeTenants()
    const id = uuid()

    for (const claim of [here, there])
      await withTenantScope(claim, () =>
        Discussion.create({ id, ownerId: claim.userId, title: 'Twin' })
      )
  })
})

test.group('Row security | the app role', () => {
  test('saving one row of two changes one', async ({ assert }) => {
    const { here } = await makeTenants()
    const first = await makeDiscussion(here, 'First')
    await makeDiscussion(here, 'Second')

    await withTenantScope(here, async () => {
      const discussion = await Discussion.findOrFail(first.id)
      discussion.title = 'First, renamed'
      await discussion.save()
    })

    assert.deepEqual(await titlesOf(here), ['First, renamed', 'Second'])
  })

  test('a connection that has served a tenant serves nobody afterwards', async ({ assert }) => {
    const { here } = await makeTenants()
    await makeDiscussion(here, 'Seen once')

    const backend = await withTenantScope(here, () => backendOf(currentScope().trx))
    for (const table of [...TENANT_TABLES, 'users', 'tenants'])
      assert.deepEqual(await db.connection('app').from(`app.${table}`), [], table)

    assert.equal(await backendOf(db.connection('app')), backend)
  })

  test('sees the people and the name of its own tenant alone', async ({ assert }) => {
    const { here, there } = await makeTenants()

    await withTenantScope(here, async () => {
      assert.lengthOf(await User.all(), 4)
      assert.isNull(await User.find(there.userId))
      assert.deepEqual(
        (await Tenant.all()).map(({ id }) => id),
        [here.tenantId]
      )
    })
  })

  test('reads no session, no link and nothing of the platform', async ({ assert }) => {
    const { here } = await makeTenants()
    const session = { id: uuid(), data: '{}', expires_at: new Date(Date.now() + 60_000) }
    await db.connection('admin').table('app.sessions').insert(session)

    await withTenantScope(here, async () => {
      const { trx } = currentScope()
      assert.deepEqual(await trx.from('app.sessions'), [])
      assert.deepEqual(await trx.from('app.user_sessions'), [])
    })
    for (const table of ['login_tokens', 'platform_audit_entries', 'adonis_schema']) {
      const unit = withTenantScope(here, () => currentScope().trx.from(`app.${table}`))
      await assert.rejects(() => unit, new RegExp(`permission denied for table ${table}`))
    }
  })

  test('changes neither people nor tenants nor the audit', async ({ assert }) => {
    const { here } = await makeTenants()
    const statements = [
      `update app.users set name = 'Nobody'`,
      `insert into app.users (id, email, name) values (gen_random_uuid(), 'a@example.com', 'A')`,
      `update app.tenants set name = 'Nowhere'`,
      `delete from app.audit_entries`,
      `update app.audit_entries set action = 'nothing'`,
      `truncate app.discussions`,
      `insert into app.user_sessions (id, user_id, host, absolute_expires_at) values ('x', '${here.userId}', 'x', now())`,
    ]

    for (const sql of statements) {
      const unit = withTenantScope(here, () => currentScope().trx.rawQuery(sql))
      await assert.rejects(() => unit, /permission denied/)
    }
  })
})

async function backendOf(client: Pick<QueryClientContract, 'rawQuery'>) {
  const { rows } = await client.rawQuery<{ rows: { pid: number }[] }>(
    'select pg_backend_pid() as pid'
  )
  return rows[0].pid
}
