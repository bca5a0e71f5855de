import { test } from '@japa/runner'
import { everywhere, makeSession, standing } from './support.js'

const QUESTION = { content: 'May I?', provider: 'demo', model: 'demo' }
const json = { accept: 'application/json' }

test.group('Rights, at the next request', () => {
  test('end with a demotion and come back with a promotion', async ({ assert }) => {
    const { visitor, user, personas } = await makeSession()
    const ask = () => visitor.post('/discussions', { ...QUESTION, personaId: personas[0].id }, json)
    const makeRole = (role: string) =>
      everywhere().from('app.memberships').where('user_id', user.id).update({ role })
    assert.equal((await ask()).status, 302)

    await makeRole('viewer')
    assert.equal((await ask()).status, 403)
    assert.equal((await visitor.get('/discussions')).page().props.role, 'viewer')

    await makeRole('admin')
    assert.equal((await ask()).status, 302)
    assert.equal((await visitor.get('/discussions')).page().props.role, 'admin')
  })

  test('end when somebody is removed from the workspace', async ({ assert }) => {
    const { visitor, user, personas } = await makeSession()

    await everywhere().from('app.memberships').where('user_id', user.id).delete()

    assert.equal(await standing(visitor), '/no-workspace')
    const asked = await visitor.post(
      '/discussions',
      { ...QUESTION, personaId: personas[0].id },
      json
    )
    assert.equal(asked.status, 403)
    assert.equal((await visitor.get('/no-workspace')).page().component, 'auth/no_workspace')
  })

  test('end when somebody is disabled', async ({ assert }) => {
    const { visitor, user } = await makeSession()

    await everywhere().from('app.users').where('id', user.id).update({ disabled_at: new Date() })

    assert.equal(await standing(visitor), '/sign-in')
  })

  test('rest while the workspace is suspended', async ({ assert }) => {
    const { visitor, tenant } = await makeSession()
    const suspend = (at: Date | null) =>
      everywhere().from('app.tenants').where('id', tenant.id).update({ suspended_at: at })

    await suspend(new Date())
    const reply = await visitor.get('/discussions')
    assert.equal(reply.status, 403)
    assert.include(reply.page().props.title, 'suspended')

    await suspend(null)
    assert.equal(await standing(visitor), 200)
  })
})
