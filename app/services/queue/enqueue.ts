import app from '@adonisjs/core/services/app'
import { currentScope } from '#services/tenancy/index'
import { QueueError } from './errors.ts'
import type { JobKind, JobPayload } from './job.ts'
import { JobEngine, type SendOptions } from './job_engine.ts'

/**
 * Sends a job in the open unit of work, or in `options.trx`: it exists when that commits. A global job
 * belongs to no unit and is sent at once unless `options.trx` is given.
 *
 * @returns the job's id, or null when an exclusive job with the same singletonKey is queued or running
 */
export async function enqueue<P extends JobPayload>(
  job: JobKind<P>,
  payload: P,
  options: SendOptions = {}
): Promise<string | null> {
  const trx = options.trx ?? transactionOf(job, payload)
  const engine = await app.container.make(JobEngine)
  return engine.send(job, payload, { ...options, trx })
}

/** Cancels a job in the open unit of work. A job that has ended stays as it is. */
export async function cancelJob<P extends JobPayload>(job: JobKind<P>, jobId: string) {
  const engine = await app.container.make(JobEngine)
  await engine.cancel(job, jobId, job.global ? undefined : currentScope(job.name).trx)
}

function transactionOf<P extends JobPayload>(job: JobKind<P>, payload: P) {
  if (job.global) return undefined

  const scope = currentScope(`Sending the job ${job.name}`)
  if (scope.kind === 'tenant' && scope.tenantId !== payload.tenantId)
    throw QueueError.otherTenant(job.name)
  return scope.trx
}
