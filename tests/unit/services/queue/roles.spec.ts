import { assertRoles } from '#services/queue/index'
import { test } from '@japa/runner'

test.group('Queue: roles of a process', () => {
  test('one process takes both roles', ({ assert }) => {
    assert.doesNotThrow(() => assertRoles(['web', 'worker']))
  })

  for (const role of ['web', 'worker'])
    test(`${role} alone is refused in one sentence`, ({ assert }) => {
      assert.throws(
        () => assertRoles([role]),
        `NYX_ROLES=${role} would leave live events behind: one process must be web and worker. Remove it.`
      )
    })

  test('an unknown role is refused', ({ assert }) => {
    assert.throws(() => assertRoles(['web', 'wroker']), /NYX_ROLES takes/)
  })
})
