import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import type { JobDefinition } from './job.ts'
import { JobEngine, type QueueHealth } from './job_engine.ts'
import { createRunner, type Authorize } from './runner.ts'

export type WorkerOptions = { jobs: JobDefinition[]; authorize: Authorize }

/** Starts working on `jobs` in this process until the engine is stopped. */
export async function startWorkers({ jobs, authorize }: WorkerOptions) {
  const engine = await app.container.make(JobEngine)
  await engine.work(jobs, createRunner(authorize, logger))
}

/** Whether the queue answers, for the health page. Never throws. */
export async function queueHealth(): Promise<QueueHealth> {
  const engine = await app.container.make(JobEngine)
  return engine.health()
}
