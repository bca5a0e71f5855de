import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { EnvLoader, EnvParser } from '@adonisjs/core/env'
import { provision, ProvisionError, type DatabaseUrls, type Passwords } from '#database/provision'

const variables = {
  DATABASE_URL: 'app',
  DATABASE_ADMIN_URL: 'admin',
  DATABASE_MIGRATE_URL: 'migrate',
} as const

/**
 * Prepares a PostgreSQL of the operator's own. It does not boot the application, whose environment
 * is complete only afterwards.
 */
export default class DbProvision extends BaseCommand {
  static commandName = 'db:provision'
  static description = 'Create the roles and the database with DATABASE_PROVISION_URL'
  static help = [
    'Give the URL of a privileged role in DATABASE_PROVISION_URL, in the environment or in .env.',
    'Passwords that stand in DATABASE_URL and its companions are kept, missing ones are made',
    'and the URLs written to .env.',
  ]

  @flags.string({ description: 'The name of the database', default: 'nyxcore' })
  declare database: string

  async run() {
    const env = await this.#readEnvironment()
    if (!env.DATABASE_PROVISION_URL) {
      return this.#refuse(
        'DATABASE_PROVISION_URL is not set: give it the URL of a role that may create roles and databases.'
      )
    }
    try {
      const database = env.DATABASE_URL
        ? decodeURIComponent(new URL(env.DATABASE_URL).pathname.slice(1))
        : this.database
      const urls = await provision(env.DATABASE_PROVISION_URL, {
        database,
        passwords: passwordsOf(env),
      })
      await this.#write(urls, env)
      this.logger.success(`The database ${database} and its roles are ready`)
    } catch (error) {
      this.#refuse(sentenceFor(error))
    }
  }

  async #readEnvironment(): Promise<Record<string, string | undefined>> {
    const files = await new EnvLoader(this.app.appRoot).load()
    const parsed = await Promise.all(
      files.map(({ contents }) => new EnvParser(contents, this.app.appRoot).parse())
    )
    const given = Object.entries(process.env).filter(([, value]) => value)
    return Object.assign({}, ...parsed.reverse(), Object.fromEntries(given))
  }

  async #write(urls: DatabaseUrls, env: Record<string, string | undefined>) {
    const missing = Object.entries(urls).filter(([name]) => !env[name])
    if (missing.length === 0) return
    const path = this.app.makePath('.env')
    const before = existsSync(path) ? await readFile(path, 'utf8') : ''
    const lines = missing.map(([name, url]) => `${name}=${url}\n`).join('')
    const separator = before === '' || before.endsWith('\n') ? '' : '\n'
    const draft = `${path}.${process.pid}`
    await writeFile(draft, `${before}${separator}${lines}`, { mode: 0o600 })
    await rename(draft, path)
    this.logger.info(`Wrote ${missing.map(([name]) => name).join(', ')} to .env`)
  }

  #refuse(sentence: string) {
    this.logger.error(sentence)
    this.exitCode = 1
  }
}

function passwordsOf(env: Record<string, string | undefined>): Passwords {
  const passwords = { app: '', admin: '', migrate: '' }
  for (const [name, login] of Object.entries(variables)) {
    const url = env[name]
    passwords[login] = url
      ? decodeURIComponent(new URL(url).password)
      : randomBytes(24).toString('base64url')
  }
  return passwords
}

/** What went wrong, without the URL and its password. */
function sentenceFor(error: unknown) {
  if (!(error instanceof Error)) throw error
  if (error instanceof ProvisionError) return error.message
  return `The server of DATABASE_PROVISION_URL refuses: ${error.message || error.name}. Correct the URL or the server and run the command again.`
}
