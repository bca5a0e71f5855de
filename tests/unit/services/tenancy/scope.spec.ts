import { setImmediate as nextTick } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Discussion from '#models/discussion'
import {
  TenantScopeError,
  currentScope,
  leaveScope,
  withAdminScope,
  withTenantScope,
} from '#services/tenancy/index'
import { makeDiscussion, makeTenants, titlesOf } from './support.ts'

test.group('Unit of work | which scope', () => {
  test('without a scope no model reads or writes', async ({ assert }) => {
    await assert.rejects(async () => Discussion.all(), TenantScopeError, /needs a tenant scope/)
    await assert.rejects(
      () => Discussion.create({ ownerId: crypto.randomUUID(), title: 'Nowhere' }),
      TenantScopeError,
      /needs a tenant scope/
    )
  })

  test('a row saved after its scope has ended is refused', async ({ assert }) => {
    const { here } = await makeTenants()
    const discussion = await makeDiscussion(here, 'Before')

    discussion.title = 'After'

    await assert.rejects(() => discussion.save(), TenantScopeError, /needs a tenant scope/)
    assert.deepEqual(await titlesOf(here), ['Before'])
  })

  test('work left running when its scope ends is refused', async ({ assert }) => {
    const { here } = await makeTenants()
    const over = Promise.withResolvers<void>()

    const { forgotten } = await withTenantScope(here, async () => ({
      forgotten: over.promise.then(() =>
        Discussion.create({ ownerId: here.userId, title: 'Too late' })
      ),
    }))
    over.resolve()

    await assert.rejects(() => forgotten, TenantScopeError, /after its tenant scope had ended/)
    assert.deepEqual(await titlesOf(here), [])
  })

  test('the same tenant nested joins the transaction', async ({ assert }) => {
    const { here } = await makeTenants()

    await withTenantScope(here, async () => {
      const outer = currentScope().trx
      await withTenantScope({ ...here }, async () => assert.strictEqual(currentScope().trx, outer))
    })
  })

  test('another tenant, another person or the platform does not open inside', async ({
    assert,
  }) => {
    const { here, there } = await makeTenants()
    const inside = /cannot open inside/

    await withTenantScope(here, async () => {
      await assert.rejects(() => withTenantScope(there, async () => {}), TenantScopeError, inside)
      await assert.rejects(
        () => withTenantScope({ ...here, userId: there.userId }, async () => {}),
        TenantScopeError,
        inside
      )
      await assert.rejects(() => withAdminScope('a test', async () => {}), TenantScopeError, inside)
    })
    await withAdminScope('a test', async () =>
      assert.rejects(() => withTenantScope(here, async () => {}), TenantScopeError, inside)
    )
  })

  test('scopes side by side keep to themselves', async ({ assert }) => {
    const { here, there } = await makeTenants()

    const seen = await Promise.all(
      [here, there, here, there].map((claim) =>
        withTenantScope(claim, async () => {
          await nextTick()
          const { rows } = await currentScope().trx.rawQuery<{ rows: { tenant: string }[] }>(
            `select current_setting('app.tenant_id') as tenant`
          )
          return [currentScope().tenantId, rows[0].tenant]
        })
      )
    )

    assert.deepEqual(
      seen,
      [here, there, here, there].map(({ tenantId }) => [tenantId, tenantId])
    )
  })
})

test.group('Unit of work | its end', () => {
  test('what was written stands', async ({ assert }) => {
    const { here } = await makeTenants()

    await withTenantScope(here, () => makeDiscussion(here, 'Kept'))

    assert.deepEqual(await titlesOf(here), ['Kept'])
  })

  test('a thrown error takes back what was written', async ({ assert }) => {
    const { here } = await makeTenants()

    const unit = withTenantScope(here, async () => {
      await makeDiscussion(here, 'Gone')
      throw new RangeError('Changed my mind.')
    })

    await assert.rejects(() => unit, /Changed my mind/)
    assert.deepEqual(await titlesOf(here), [])
  })

  test('an error that was answered inside takes back what was written', async ({ assert }) => {
    const { here } = await makeTenants()
    let announced = false

    const answer = await withTenantScope(here, async () => {
      await makeDiscussion(here, 'Gone')
      currentScope().afterCommit(() => void (announced = true))
      return leaveScope(new RangeError('Broken'), async () => {
        assert.throws(() => currentScope(), /needs a tenant scope/)
        return 'an error page'
      })
    })

    assert.equal(answer, 'an error page')
    assert.isFalse(announced)
    assert.deepEqual(await titlesOf(here), [])
  })

  test('after an error was answered nothing more is written in the unit', async ({ assert }) => {
    const { here } = await makeTenants()

    const unit = withTenantScope(here, async () => {
      await leaveScope(new RangeError('Broken'), async () => {})
      await Discussion.create({ ownerId: here.userId, title: 'Later' })
    })

    await assert.rejects(() => unit, TenantScopeError, /after its tenant scope had ended/)
    assert.deepEqual(await titlesOf(here), [])
  })

  test('afterCommit runs once others see the change, and outside the unit', async ({ assert }) => {
    const { here } = await makeTenants()
    const order: unknown[] = []

    await withTenantScope(here, async () => {
      await makeDiscussion(here, 'Announced')
      currentScope().afterCommit(async () => {
        assert.throws(() => currentScope(), /needs a tenant scope/)
        order.push(await titlesOf(here))
      })
      await nextTick()
      order.push('end of the unit')
    })

    assert.deepEqual(order, ['end of the unit', ['Announced']])
  })

  test('afterCommit does not run after a rollback', async ({ assert }) => {
    const { here } = await makeTenants()
    let announced = false

    const unit = withTenantScope(here, async () => {
      currentScope().afterCommit(() => void (announced = true))
      throw new RangeError('Changed my mind.')
    })

    await assert.rejects(() => unit)
    assert.isFalse(announced)
  })

  test('a claim that is no tenant opens nothing and leaves no transaction behind', async ({
    assert,
  }) => {
    const { here } = await makeTenants()
    const unit = withTenantScope({ tenantId: 'nobody', userId: null }, () => Discussion.all())

    await assert.rejects(() => unit, /invalid input syntax for type uuid/)
    assert.deepEqual(await titlesOf(here), [])
  })

  test('the admin scope leaves its reason in the platform audit', async ({ assert }) => {
    const reason = `test ${crypto.randomUUID()}`

    await withAdminScope(reason, async () => {})

    const kept = await db
      .connection('admin')
      .from('app.platform_audit_entries')
      .whereRaw(`detail ->> 'reason' = ?`, [reason])
    assert.lengthOf(kept, 1)
    assert.equal(kept[0].action, 'admin_scope')
  })
})
