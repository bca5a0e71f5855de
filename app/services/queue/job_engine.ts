import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { JobContext, JobDefinition, JobFailure, JobKind, JobPayload } from './job.ts'

export type SendOptions = {
  /** The job becomes visible when this commits and never existed when it rolls back. */
  trx?: TransactionClientContract
  singletonKey?: string
  startAfterSeconds?: number
}

/** What an engine calls for each job it takes. */
export interface JobRunner {
  run(job: JobDefinition, payload: JobPayload, context: JobContext): Promise<void>
  bury(job: JobDefinition, payload: JobPayload, failure: JobFailure): Promise<void>
}

export type QueueHealth = { ok: boolean; latencyMs: number }

/** The port to whatever keeps and hands out jobs. Opens by itself on first use. */
export abstract class JobEngine {
  /** @returns the job's id, or null when an exclusive job with that key is already there */
  abstract send(job: JobKind, payload: JobPayload, options: SendOptions): Promise<string | null>

  /** Ends a job early, in the caller's transaction, so that its successor can be sent in the same one. */
  abstract complete(job: JobKind, jobId: string, trx?: TransactionClientContract): Promise<void>

  /** Takes a waiting job out; a running one gets its signal within two seconds. */
  abstract cancel(job: JobKind, jobId: string, trx?: TransactionClientContract): Promise<void>

  /** Starts working on these jobs. Refuses when a queue is missing. */
  abstract work(jobs: JobDefinition[], runner: JobRunner): Promise<void>

  /** Takes no more jobs and waits for those that run, at most 25 s; sending goes on. */
  abstract drain(): Promise<void>

  /** Drains and lets go of the database. What still runs goes back to the queue. */
  abstract stop(): Promise<void>

  abstract health(): Promise<QueueHealth>
}
