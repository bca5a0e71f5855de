import type { ApplicationService } from '@adonisjs/core/types'
import { JobEngine } from '#services/queue/job_engine'

/** Gives the process its job engine; a server with the role worker starts on the jobs of `#jobs/index`. */
export default class QueueProvider {
  #engine: JobEngine | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(JobEngine, async (resolver) => {
      const { PgBossEngine } = await import('#services/queue/pg_boss_engine')
      const { default: config } = await import('#config/queue')
      const engine = new PgBossEngine(config.engine, await resolver.make('logger'))
      this.#engine = engine
      return engine
    })
  }

  /** Before the server listens, so that a wrong setting is one sentence and no half-started process. */
  async start() {
    if (!this.#serves) return

    const { default: nyx } = await import('#config/nyx')
    const { assertRoles } = await import('#services/queue/roles')
    assertRoles(nyx.roles)
  }

  async ready() {
    if (!this.#serves) return

    const engine = await this.app.container.make(JobEngine)
    // Node waits for open requests first; the jobs need not wait for those.
    this.app.terminating(() => void engine.drain())

    const { default: nyx } = await import('#config/nyx')
    if (!nyx.roles.includes('worker')) return

    const { startWorkers } = await import('#services/queue/index')
    const { authorizeJob, jobs } = await import('#jobs/index')
    await startWorkers({ jobs, authorize: authorizeJob })
  }

  async shutdown() {
    await this.#engine?.stop()
  }

  get #serves() {
    return this.app.getMode() === 'run' && this.app.getEnvironment() === 'web'
  }
}
