import { mkdir } from 'node:fs/promises'
import nyx from '#config/nyx'
import { Exception } from '@adonisjs/core/exceptions'
import type { ApplicationService } from '@adonisjs/core/types'

/** What must hold before the server listens, and what it says once it does. */
export default class BootProvider {
  constructor(protected app: ApplicationService) {}

  async start() {
    if (!this.#serves) return
    if (nyx.demo && !isLoopback(nyx.host))
      throw refusal(
        `NYX_DEMO signs anybody in who can read this console: set HOST to 127.0.0.1, not ${nyx.host}.`
      )
    if (this.app.inProduction && !nyx.demo && !nyx.https && !nyx.allowHttp)
      throw refusal('APP_URL is not https: put TLS in front, or set ALLOW_HTTP=1 if you know why.')

    await mkdir(nyx.dataDir, { recursive: true })
    const { assertModestRole } = await import('#services/tenancy/index')
    await assertModestRole()
    const { watchableChannels } = await import('#services/discussions/index')
    watchableChannels()
  }

  async ready() {
    if (!this.#serves) return
    const logger = await this.app.container.make('logger')
    if (!nyx.https && !nyx.demo)
      logger.warn('Cookies travel over http: anybody on the line can read them.')
    if (nyx.printLink) await printLink()
  }

  get #serves() {
    return this.app.getMode() === 'run' && ['web', 'test'].includes(this.app.getEnvironment())
  }
}

async function printLink() {
  const { issueLink } = await import('#services/identity/index')
  const { DEMO_OWNER } = await import('#database/demo/people')
  const link = await issueLink(DEMO_OWNER.email, 'localhost')
  if (link) process.stdout.write(`Sign in: ${link}\n`)
}

function isLoopback(host: string) {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

function refusal(sentence: string) {
  return new Exception(sentence, { code: 'E_REFUSED_TO_START', status: 500 })
}
