import { QueueError } from './errors.ts'

/** A job of one tenant, on behalf of one of its members. Everything else in the payload is an id. */
export type TenantPayload = { tenantId: string; actorId: string }

/** A job of no tenant, such as a sign-in mail: nothing is re-checked before it runs. */
export type GlobalPayload = { tenantId: null; actorId: string | null }

export type JobPayload = TenantPayload | GlobalPayload

export type JobContext = {
  jobId: string
  /** Aborted with a JobInterrupted: shutting down, cancelled, timed out or taken over by another worker. */
  signal: AbortSignal
  /** 1 on the first run. A crashed worker uses one up. */
  attempt: number
}

/** What is left of an error once it leaves the worker: no stack, no vendor's words. */
export type JobFailure = { code: string; message: string }

/** What a service says of a job that it sends: its name, its payload, how it is tried. */
export interface JobKind<P extends JobPayload = JobPayload> {
  name: string
  global: boolean
  exclusive: boolean
  /** How many run at once in this process. */
  slots: number
  /** How many of one tenant run at once over all processes. Soft: a race may pass it by a few. */
  slotsPerTenant: number
  retryLimit: number
  retryDelaySeconds: number
  timeoutSeconds: number
  /** For the compiler alone: what a job of this kind carries. */
  readonly payload?: P
}

/** What a worker does with it. */
export interface JobWork<P extends JobPayload = JobPayload> {
  /** Runs outside any transaction and opens its own short scopes. Throwing means: try again later. */
  handle(payload: P, context: JobContext): Promise<void>
  /** Runs when no retry is left, or when the actor lost the right to it: leaves a visible state. */
  onDead?(payload: P, failure: JobFailure): Promise<void>
}

export interface JobDefinition<P extends JobPayload = JobPayload> extends JobKind<P>, JobWork<P> {}

type JobSpec<P extends JobPayload> = Pick<JobKind, 'name'> &
  Partial<Omit<JobKind, 'name' | 'global' | 'payload'>> &
  (P extends GlobalPayload ? { global: true } : { global?: false })

/**
 * Describes a kind of job. Its queue is made by a migration, see `#database/job_queues`; a file of `app/jobs`
 * says what a worker does with it.
 *
 * @param spec.exclusive one queued or running job per singletonKey
 * @param spec.slots default 2
 * @param spec.slotsPerTenant default half of the slots, so that nobody takes them all
 * @param spec.retryLimit default 3 retries after the first attempt
 * @param spec.retryDelaySeconds default 2, doubled with each retry, with jitter, at most 5 minutes
 * @param spec.timeoutSeconds default 900: then the signal is aborted and the attempt has failed
 */
export function describeJob<P extends JobPayload>(spec: JobSpec<P>): JobKind<P> {
  if (!/^[a-z][a-z0-9_]*$/.test(spec.name)) throw QueueError.badName(spec.name)

  const slots = spec.slots ?? 2
  return {
    exclusive: false,
    slotsPerTenant: Math.ceil(slots / 2),
    retryLimit: 3,
    retryDelaySeconds: 2,
    timeoutSeconds: 900,
    ...spec,
    global: spec.global ?? false,
    slots,
  }
}

/** Binds a kind of job to its work. A tenant's job must also say what is left of it when it fails for good. */
export function defineJob<P extends JobPayload>(
  kind: JobKind<P>,
  work: JobWork<P> & (P extends GlobalPayload ? unknown : Required<Pick<JobWork<P>, 'onDead'>>)
): JobDefinition<P> {
  return { ...kind, ...work }
}

/** Where the jobs of a kind go that failed for good. */
export function deadLetterQueue(jobName: string) {
  return `${jobName}.dead`
}
