import { randomBytes } from 'node:crypto'
import { atStop } from './stopping.mjs'
import { hashFiles } from './files.mjs'
import { dataRoot } from './paths.mjs'
import {
  embeddedServer,
  readCredentials,
  rememberInCredentials,
  startServer,
  stopServer,
} from './postgres.mjs'
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

export function newPasswords() {
  const secret = () => randomBytes(24).toString('base64url')
  return { app: secret(), admin: secret(), migrate: secret() }
}

function pick(env, names) {
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}
