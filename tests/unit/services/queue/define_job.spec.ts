import { defineJob, QueueError, type GlobalPayload } from '#services/queue/index'
import { test } from '@japa/runner'

const handle = async () => {}

test.group('Queue: defining a job', () => {
  test('one tenant gets at most half of the slots unless told otherwise', ({ assert }) => {
    const slots = [1, 2, 5].map(
      (count) =>
        defineJob<GlobalPayload>({ name: 'probe', global: true, handle, slots: count })
          .slotsPerTenant
    )

    assert.deepEqual(slots, [1, 1, 3])
  })

  test('what the definition says wins over the defaults', ({ assert }) => {
    const job = defineJob<GlobalPayload>({
      name: 'probe',
      global: true,
      handle,
      slotsPerTenant: 2,
      retryLimit: 0,
    })

    assert.containSubset(job, {
      slots: 2,
      slotsPerTenant: 2,
      retryLimit: 0,
      exclusive: false,
      global: true,
    })
  })

  for (const name of ['', 'Send', 'send-mail', `x'; drop table y`, 'a.dead'])
    test(`"${name}" is no name for a job`, ({ assert }) => {
      assert.throws(() => defineJob<GlobalPayload>({ name, global: true, handle }), QueueError)
    })
})
