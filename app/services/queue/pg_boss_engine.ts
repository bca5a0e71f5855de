import type { Logger } from '@adonisjs/core/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { fromKnex, PgBoss, type JobWithMetadata } from 'pg-boss'
import { JobInterrupted, QueueError } from './errors.ts'
import { readFailure, toFailure } from './failure.ts'
import { deadLetterQueue, type JobDefinition, type JobKind, type JobPayload } from './job.ts'
import { JobEngine, type JobRunner, type QueueHealth, type SendOptions } from './job_engine.ts'

export type PgBossSettings = {
  databaseUrl: string
  /** Whether this process works on jobs, and looks after those whose worker died. */
  worker: boolean
  poolMax: number
  /** A job whose worker is silent for so long is taken over. pg-boss wants 10 or more. */
  heartbeatSeconds: number
  /** How often a worker says it is alive, and notices that its job was cancelled. */
  heartbeatRefreshSeconds: number
  superviseSeconds: number
  /** Retries, delayed and dead jobs announce nothing, so they wait for the next poll. */
  pollSeconds: number
  /** On shutdown: how long handlers may go on before their signal is aborted. */
  drainGraceMs: number
  /** On shutdown: how long handlers may go on at all. */
  drainDeadlineMs: number
}

const RETRY_DELAY_MAX_SECONDS = 300

/** Keeps jobs in PostgreSQL, in the schema pgboss, as the app role. */
export class PgBossEngine extends JobEngine {
  #boss: Promise<PgBoss> | null = null
  #queues = new Set<string>()
  #interrupt = new AbortController()
  #draining: Promise<void> | null = null

  constructor(
    private settings: PgBossSettings,
    private logger: Logger
  ) {
    super()
  }

  async send(job: JobKind, payload: JobPayload, options: SendOptions) {
    if (job.exclusive !== (options.singletonKey !== undefined))
      throw QueueError.keyMismatch(job.name, job.exclusive)

    const boss = await this.#open()
    return boss.send(job.name, payload, {
      db: inTransaction(options.trx),
      singletonKey: options.singletonKey && `${payload.tenantId ?? ''}/${options.singletonKey}`,
      startAfter: options.startAfterSeconds,
      retryLimit: job.retryLimit,
      retryDelay: job.retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: RETRY_DELAY_MAX_SECONDS,
      expireInSeconds: job.timeoutSeconds,
      heartbeatSeconds: this.settings.heartbeatSeconds,
      group: payload.tenantId ? { id: payload.tenantId } : undefined,
    })
  }

  async complete(job: JobKind, jobId: string, trx?: TransactionClientContract) {
    const boss = await this.#open()
    await boss.complete(job.name, jobId, null, { db: inTransaction(trx) })
  }

  async cancel(job: JobKind, jobId: string, trx?: TransactionClientContract) {
    const boss = await this.#open()
    await boss.cancel(job.name, jobId, { db: inTransaction(trx) })
  }

  async work(jobs: JobDefinition[], runner: JobRunner) {
    const boss = await this.#open()
    await this.#assertQueues(boss, jobs)

    for (const job of jobs) {
      for (let slot = 0; slot < job.slots; slot++) {
        await this.#takeJobs(boss, job.name, job.slotsPerTenant, (taken) =>
          this.#run(job, taken, runner)
        )
      }
      await this.#takeJobs(boss, deadLetterQueue(job.name), undefined, (taken) =>
        runner.bury(job, taken.data, readFailure(taken.sourceOutput))
      )
    }
  }

  async drain() {
    this.#draining ??= this.#waitForHandlers()
    await this.#draining
  }

  async stop() {
    if (!this.#boss) return

    await this.drain()
    const boss = await this.#boss
    await boss.stop({ graceful: true, timeout: 1_000 })
    this.#boss = null
    this.#draining = null
    this.#interrupt = new AbortController()
    this.#queues.clear()
  }

  async health(): Promise<QueueHealth> {
    const startedAt = performance.now()
    try {
      const boss = await this.#open()
      await boss.schemaVersion()
      return { ok: true, latencyMs: Math.round(performance.now() - startedAt) }
    } catch (error) {
      this.logger.error({ err: error }, 'the queue does not answer')
      return { ok: false, latencyMs: Math.round(performance.now() - startedAt) }
    }
  }

  /** Takes one job at a time, so that each slot has a handler and a lease of its own. */
  async #takeJobs(
    boss: PgBoss,
    queue: string,
    groupConcurrency: number | undefined,
    handle: (job: JobWithMetadata<JobPayload>) => Promise<void>
  ) {
    const { pollSeconds, heartbeatRefreshSeconds } = this.settings
    let workerId: string | undefined

    this.#queues.add(queue)
    workerId = await boss.work(
      queue,
      {
        includeMetadata: true,
        pollingIntervalSeconds: pollSeconds,
        notifyPollingIntervalSeconds: pollSeconds,
        heartbeatRefreshSeconds,
        ...(groupConcurrency && { groupConcurrency }),
      },
      async ([job]: JobWithMetadata<JobPayload>[]) => {
        try {
          await handle(job)
        } finally {
          // pg-boss sleeps after every job although more may be waiting.
          if (workerId) boss.notifyWorker(workerId)
        }
      }
    )
  }

  async #run(job: JobDefinition, taken: JobWithMetadata<JobPayload>, runner: JobRunner) {
    const attempt = taken.retryCount + 1
    const signal = interruptible(taken.signal, this.#interrupt.signal)
    try {
      await runner.run(job, taken.data, { jobId: taken.id, attempt, signal })
    } catch (error) {
      const { tenantId } = taken.data
      this.logger.warn(
        { err: error, job: job.name, jobId: taken.id, tenantId, attempt },
        'job failed'
      )
      throw new KeptError(error)
    }
  }

  async #waitForHandlers() {
    const boss = await this.#boss
    if (!boss) return

    const { drainGraceMs, drainDeadlineMs } = this.settings
    const deadline = Promise.withResolvers<void>()
    const timers = [
      setTimeout(() => this.#interrupt.abort(new JobInterrupted('drain')), drainGraceMs),
      setTimeout(() => deadline.resolve(), drainDeadlineMs),
    ]
    const idle = Promise.all([...this.#queues].map((name) => boss.offWork(name, { wait: true })))
    await Promise.race([idle, deadline.promise])
    for (const timer of timers) clearTimeout(timer)
  }

  async #assertQueues(boss: PgBoss, jobs: JobDefinition[]) {
    const wanted = jobs.flatMap((job) => [job.name, deadLetterQueue(job.name)])
    const policies = new Map<string, string | undefined>()
    for (const queue of await boss.getQueues(wanted)) policies.set(queue.name, queue.policy)

    const missing = wanted.filter((name) => !policies.has(name))
    if (missing.length > 0) throw QueueError.missingQueue(missing)

    for (const job of jobs) {
      const policy = job.exclusive ? 'exclusive' : 'standard'
      if (policies.get(job.name) !== policy) throw QueueError.otherPolicy(job.name, policy)
    }
  }

  #open() {
    this.#boss ??= this.#start().catch((error: unknown) => {
      this.#boss = null
      throw error
    })
    return this.#boss
  }

  async #start() {
    const { databaseUrl, worker, poolMax, superviseSeconds } = this.settings
    const boss = new PgBoss({
      connectionString: databaseUrl,
      schema: 'pgboss',
      max: poolMax,
      migrate: false,
      createSchema: false,
      schedule: false,
      supervise: worker,
      useListenNotify: worker,
      superviseIntervalSeconds: superviseSeconds,
      // Dead workers are looked for in the monitor pass, which has an interval of its own.
      monitorIntervalSeconds: superviseSeconds,
      // The app role owns no index.
      reindex: false,
    })
    boss.on('error', (error) => this.logger.error({ err: error }, 'queue error'))
    boss.on('warning', (warning) => this.logger.warn(warning.data, warning.message))

    return boss.start()
  }
}

/** The part of an error that is stored beside the job. */
class KeptError extends Error {
  code: string

  constructor(error: unknown) {
    const { code, message } = toFailure(error)
    super(message)
    this.code = code
    this.stack = undefined
  }
}

function inTransaction(trx: TransactionClientContract | undefined) {
  return trx && fromKnex(trx.knexClient)
}

function interruptible(lease: AbortSignal, drain: AbortSignal) {
  const lost = new AbortController()
  lease.addEventListener('abort', () => lost.abort(new JobInterrupted('lost')), { once: true })
  return AbortSignal.any([lost.signal, drain])
}
