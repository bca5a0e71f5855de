import { cancelJob, type JobContext, type JobFailure } from '#services/queue/index'
import { withTenantScope } from '#services/tenancy/index'
import { test } from '@japa/runner'
import { jobsIn, makeJob, makePayload, makeQueue, send, startWorker, until } from './support.js'

test.group('Queue: working', () => {
  test('a job whose actor lost the right to it is not run and not tried again', async (context) => {
    const buried: JobFailure[] = []
    let runs = 0
    const job = makeJob(await makeQueue(context), async () => void runs++, {
      onDead: async (_, failure) => void buried.push(failure),
    })
    const member = makePayload()
    const removed = makePayload()
    await startWorker(context, job, {
      authorize: async ({ tenantId, actorId }) =>
        tenantId === member.tenantId && actorId === member.actorId,
    })

    await send(job, removed)
    await send(job, member)

    await until(async () => (await jobsIn(job.name)).every((row) => row.state === 'completed'))
    context.assert.equal(runs, 1)
    context.assert.deepEqual(
      buried.map((failure) => failure.code),
      ['E_JOB_NOT_ALLOWED']
    )
  })

  test('what fails to the last retry is buried, without the words of the error', async (context) => {
    const attempts: number[] = []
    const buried: object[] = []
    const job = makeJob(
      await makeQueue(context),
      async (_, { attempt }) => {
        attempts.push(attempt)
        throw new Error('api key sk-secret was refused')
      },
      {
        retryLimit: 1,
        retryDelaySeconds: 1,
        onDead: async (payload, failure) => void buried.push({ payload, failure }),
      }
    )
    const payload = makePayload()
    await startWorker(context, job)

    await send(job, payload)

    await until(() => buried.length > 0, 20_000)
    context.assert.deepEqual(attempts, [1, 2])
    context.assert.deepEqual(buried, [
      {
        payload,
        failure: {
          code: 'E_JOB_FAILED',
          message: 'Something went wrong on our side. Try again.',
        },
      },
    ])
    context.assert.equal((await jobsIn(job.name))[0].state, 'failed')
  })

  test('a backlog does not wait for the poll between two jobs', async (context) => {
    let runs = 0
    const job = makeJob(await makeQueue(context), async () => void runs++, { slots: 1 })
    for (let index = 0; index < 5; index++) await send(job)

    await startWorker(context, job, { pollSeconds: 30 })

    await until(() => runs === 5)
  })

  test('a tenant with many jobs leaves a slot to the others', async (context) => {
    const busy = makePayload()
    const release = Promise.withResolvers<void>()
    const started: string[] = []
    const job = makeJob(
      await makeQueue(context),
      async ({ tenantId }) => {
        started.push(tenantId)
        if (tenantId === busy.tenantId) await release.promise
      },
      { slots: 2, slotsPerTenant: 1 }
    )
    for (let index = 0; index < 4; index++) await send(job, makePayload(busy.tenantId))
    const small = makePayload()
    await send(job, small)

    await startWorker(context, job)

    await until(() => started.includes(small.tenantId))
    release.resolve()
  })

  test('a cancelled job has its signal aborted within two seconds', async (context) => {
    const running = Promise.withResolvers<JobContext>()
    const job = makeJob(await makeQueue(context), async (_, jobContext) => {
      running.resolve(jobContext)
      await new Promise((resolve) => jobContext.signal.addEventListener('abort', resolve))
    })
    const payload = makePayload()
    await startWorker(context, job)
    await send(job, payload)
    const { jobId, signal } = await running.promise

    await withTenantScope({ tenantId: payload.tenantId, userId: payload.actorId }, () =>
      cancelJob(job, jobId)
    )

    await until(() => signal.aborted, 2_000)
    context.assert.equal(signal.reason.why, 'lost')
    context.assert.equal((await jobsIn(job.name))[0].state, 'cancelled')
  })
})
