import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { atStop } from './stopping.mjs'
import { hashFiles } from './files.mjs'
import { dataRoot, fromRoot } from './paths.mjs'
import {
  embeddedServer,
  readCredentials,
  rememberInCredentials,
  startServer,
  stopServer,
} from './postgres.mjs'
import { Refusal } from './refusal.mjs'
import { step } from './steps.mjs'

export const databaseVariables = ['DATABASE_URL', 'DATABASE_ADMIN_URL', 'DATABASE_MIGRATE_URL']

/** Loaded late and from its TypeScript source: our Node strips the types, and `pg` must be there. */
export const provisioning = () => import('../../database/provision.ts')

/**
 * The three URLs and what identifies the database: the operator's own, or those of the embedded
 * server, which is started, provisioned, and stopped with us.
 */
export async function openDatabase(env) {
  if (env.DATABASE_URL) return { urls: pick(env, databaseVariables), embedded: false }
  const server = embeddedServer({ home: dataRoot(env), fixed: Boolean(env.NYX_DATA_DIR) })
  atStop(() => stopServer(server))
  const { url, adopted } = await step('Starting PostgreSQL', () => startServer(server))
  const urls = await provisionEmbedded(server, url)
  return { urls, provisionUrl: url, embedded: true, adopted, server }
}

/** True when a migration of ours is missing, or the database cannot say. Connects as the migrator. */
export async function databaseIsBehind(migrateUrl) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: migrateUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const table = await client.query(`SELECT to_regclass('app.adonis_schema') AS found`)
    if (!table.rows[0].found) return true
    const { rows } = await client.query('SELECT name FROM app.adonis_schema')
    const done = new Set(rows.map((row) => row.name))
    return migrationNames().some((name) => !done.has(name))
  } catch (error) {
    throw refusedConnection(error, migrateUrl, 'DATABASE_MIGRATE_URL')
  } finally {
    await client.end()
  }
}

function migrationNames() {
  return readdirSync(fromRoot('database/migrations'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `database/migrations/${name.slice(0, -3)}`)
}

/** A database that refuses, in one sentence without the password in its URL. */
export function refusedConnection(error, url, variable) {
  const { host, pathname, username } = new URL(url)
  const where = `${variable} (${username} at ${host}${pathname})`
  const advice = {
    'ECONNREFUSED': 'nothing listens there: start that server or correct the URL',
    'ENOTFOUND': 'there is no such host: correct the URL',
    'ETIMEDOUT': 'it does not answer: check the network and its firewall',
    '28P01': 'it refuses the password: correct the URL',
    '28000': 'it refuses this role: allow it in pg_hba.conf or correct the URL',
    '3D000': 'there is no such database: run "node ace db:provision" first',
    '53300': 'it has no connection left: raise max_connections or close other programs',
    '57P03': 'it is still starting: try again in a moment',
  }[error.code]
  return new Refusal(`The database of ${where} refuses: ${advice ?? error.message}.`, {
    cause: error,
  })
}

/** Roles and database are made once; a change of the recipe runs it again. */
async function provisionEmbedded(server, url) {
  const { provision, databaseUrls } = await provisioning()
  const credentials = readCredentials(server)
  const passwords = credentials.passwords ?? newPasswords()
  const target = { database: 'nyxcore', passwords }
  const recipe = hashFiles(['database/provision.ts'])
  if (credentials.provisioned !== recipe) {
    rememberInCredentials(server, { passwords })
    await step('Making roles and database', () => provision(url, target))
    rememberInCredentials(server, { provisioned: recipe })
  }
  return databaseUrls(url, target)
}

/**
 * Three random passwords. Runs that share a server share its roles as well, so they derive the
 * same ones from its privileged URL.
 */
export function newPasswords(sharedUrl) {
  const secret = (login) =>
    sharedUrl
      ? createHash('sha256').update(`${login} ${sharedUrl}`).digest('base64url')
      : randomBytes(24).toString('base64url')
  return { app: secret('app'), admin: secret('admin'), migrate: secret('migrate') }
}

function pick(env, names) {
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}
