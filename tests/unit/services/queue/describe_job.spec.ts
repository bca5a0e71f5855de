import { describeJob, QueueError, type GlobalPayload } from '#services/queue/index'
import { test } from '@japa/runner'

test.group('Queue: describing a job', () => {
  test('one tenant gets at most half of the slots unless told otherwise', ({ assert }) => {
    const slots = [1, 2, 5].map(
      (count) =>
        describeJob<GlobalPayload>({ name: 'probe', global: true, slots: count }).slotsPerTenant
    )

    assert.deepEqual(slots, [1, 1, 3])
  })

  test('what the definition says wins over the defaults', ({ assert }) => {
    const job = describeJob<GlobalPayload>({
      name: 'probe',
      global: true,
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
      assert.throws(() => describeJob<GlobalPayload>({ name, global: true }), QueueError)
    })
})
