import queueConfig from '#config/queue'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { jobsIn, makeJob, makeQueue, send, startWorker, until } from './support.js'

test.group('Queue: faults', () => {
  test('a job whose worker was killed is taken over within 30 seconds', async (context) => {
    const queue = await makeQueue(context)
    const attempts: number[] = []
    const job = makeJob(queue, async (_, { attempt }) => void attempts.push(attempt))
    const child = spawn(
      process.execPath,
      [
        '--import',
        '@poppinss/ts-exec',
        app.makePath('tests/functional/queue/worker_child.ts'),
        queue,
        JSON.stringify(queueConfig.engine),
      ],
      { cwd: app.makePath(), stdio: 'inherit' }
    )
    const died = once(child, 'exit')
    context.cleanup(() => void child.kill('SIGKILL'))
    await send(job)
    await until(async () => (await jobsIn(queue))[0].state === 'active', 20_000)

    child.kill('SIGKILL')
    await died
    await startWorker(context, job)

    await until(async () => (await jobsIn(queue))[0].state === 'completed', 30_000)
    context.assert.deepEqual(attempts, [2])
  }).timeout(60_000)

  test('draining lets a running job finish and takes no other', async (context) => {
    const running = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const job = makeJob(
      await makeQueue(context),
      async () => {
        running.resolve()
        await release.promise
      },
      { slots: 1 }
    )
    const engine = await startWorker(context, job)
    await send(job)
    await running.promise
    await send(job)

    const drained = engine.drain()
    release.resolve()
    await drained
    await engine.stop()

    context.assert.deepEqual(
      (await jobsIn(job.name)).map((row) => row.state),
      ['completed', 'created']
    )
  })

  test('draining interrupts what goes on after the grace, and it goes back to the queue', async (context) => {
    const running = Promise.withResolvers<AbortSignal>()
    const job = makeJob(await makeQueue(context), async (_, { signal }) => {
      running.resolve(signal)
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    })
    const engine = await startWorker(context, job, { drainGraceMs: 100 })
    await send(job)
    const signal = await running.promise

    await engine.stop()

    context.assert.equal(signal.reason.why, 'drain')
    context.assert.equal((await jobsIn(job.name))[0].state, 'retry')
  })

  test('a handler that ignores its signal does not hold up the shutdown', async (context) => {
    const running = Promise.withResolvers<void>()
    const job = makeJob(await makeQueue(context), () => {
      running.resolve()
      return new Promise<never>(() => {})
    })
    const engine = await startWorker(context, job, { drainGraceMs: 100, drainDeadlineMs: 300 })
    await send(job)
    await running.promise

    await engine.stop()

    context.assert.equal((await jobsIn(job.name))[0].state, 'retry')
  })
})
