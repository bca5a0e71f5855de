import app from '@adonisjs/core/services/app'
import { authorizeJob, jobs } from '#jobs/index'
import { JobEngine, startWorkers } from '#services/queue/index'

export { until } from './until.ts'

/** Works the app's jobs in this process, as the role worker does; answers with how to stop. */
export async function workJobs(): Promise<() => Promise<void>> {
  await startWorkers({ jobs, authorize: authorizeJob })
  const engine = await app.container.make(JobEngine)
  return () => engine.stop()
}

/** Lets no job be taken in this process until the answered function is called, at the latest when the test ends. */
export async function restWorkers(context: { cleanup: (fn: () => Promise<void>) => void }) {
  const engine = await app.container.make(JobEngine)
  await engine.stop()
  let resting = true
  const wake = async () => {
    if (resting) await workJobs()
    resting = false
  }
  context.cleanup(wake)
  return wake
}
