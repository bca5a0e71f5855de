import { test } from '@japa/runner'
import env from '#start/env'
import { Visitor } from '#tests/support/visitor'
import { until } from '#tests/support/workers'
import { allowConnections, health } from '#tests/functional/faults/support'

test.group('Health', () => {
  test('names its parts on any host, and says nothing of anybody', async ({ assert }) => {
    for (const host of ['localhost', 'unknown.example', '10.0.0.1']) {
      const reply = await new Visitor(host).get('/health')
      assert.equal(reply.status, 200)
      assert.equal(reply.headers['cache-control'], 'no-store')
      assert.isUndefined(reply.headers['set-cookie'])
      const { status, parts } = reply.json()
      assert.equal(status, 'ok')
      assert.sameMembers(Object.keys(parts), ['database', 'queue', 'disk'])
      for (const part of Object.values<Record<string, unknown>>(parts)) {
        assert.equal(part.status, 'ok')
        assert.isNumber(part.latencyMs)
      }
    }
  })

  test('is 503 while the database is away, and 200 when it is back', async ({
    assert,
    cleanup,
  }) => {
    const port = env.get('PORT')
    cleanup(() => allowConnections(true))

    await allowConnections(false)
    const { status, report } = await until('the fault to show', async () => {
      const answer = await health(port)
      return answer.status !== 200 && answer
    })
    assert.equal(status, 503)
    assert.equal(report.status, 'down')
    assert.equal(report.parts.database.status, 'down')
    assert.equal(report.parts.disk.status, 'ok')
    assert.notMatch(JSON.stringify(report), /postgres:|nyx_app|127\.0\.0\.1/)

    await allowConnections(true)
    await until('the recovery', async () => (await health(port)).status === 200, 20_000)
    const reply = await new Visitor('localhost').get('/sign-in')
    assert.equal(reply.status, 200)
  })
})
