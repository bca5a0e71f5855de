import { QueueError } from '#services/queue/index'
import { readFailure, toFailure } from '#services/queue/failure'
import { test } from '@japa/runner'

test.group('Queue: what is kept of an error', () => {
  test('our own exceptions keep their code and sentence', ({ assert }) => {
    const failure = toFailure(QueueError.noTenant('probe'))

    assert.deepEqual(failure, {
      code: 'E_QUEUE',
      message: 'The job probe came without a tenant, and only global jobs may.',
    })
  })

  for (const error of [new Error('key sk-secret refused'), 'sk-secret', undefined])
    test(`the words of ${typeof error} are dropped`, ({ assert }) => {
      assert.notInclude(JSON.stringify(toFailure(error)), 'sk-secret')
    })

  test('what was kept is read back', ({ assert }) => {
    const kept = { name: 'Error', code: 'E_X', message: 'Said so.', cause: 'left out' }

    assert.deepEqual(readFailure(kept), { code: 'E_X', message: 'Said so.' })
  })

  for (const output of [null, 'text', { value: { message: 'job heartbeat timeout' } }])
    test(`a worker that left ${JSON.stringify(output)} has died`, ({ assert }) => {
      assert.equal(readFailure(output).code, 'E_JOB_LOST')
    })
})
