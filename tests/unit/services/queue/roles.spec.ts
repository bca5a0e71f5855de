import { assertRoles } from '#services/queue/index'
import { test } from '@japa/runner'

test.group('Queue: roles of a process', () => {
  test('one process with both roles needs no Redis', ({ assert }) => {
    assert.doesNotThrow(() => assertRoles(['web', 'worker'], undefined))
  })

  test('with Redis the roles may be split', ({ assert }) => {
    assert.doesNotThrow(() => assertRoles(['worker'], 'redis://localhost'))
  })

  for (const role of ['web', 'worker'])
    test(`${role} alone without Redis is refused in one sentence`, ({ assert }) => {
      assert.throws(
        () => assertRoles([role], undefined),
        `NYX_ROLES=${role} splits web and worker, which needs REDIS_URL: set it, or run both in one process.`
      )
    })

  test('an unknown role is refused', ({ assert }) => {
    assert.throws(() => assertRoles(['web', 'wroker'], 'redis://localhost'), /NYX_ROLES takes/)
  })
})
