import { createServer } from 'node:net'
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { databaseIsBehind, openDatabase } from './database.mjs'
import { hashFiles, readJson, writeJson } from './files.mjs'
import { lockOrRefuse, unlock } from './lock.mjs'
import { dataRoot, fromRoot, root } from './paths.mjs'
import { endTree, finish, startNode, until } from './processes.mjs'
import { Refusal } from './refusal.mjs'
import { say, step } from './steps.mjs'
import { atStop, isStopping } from './stopping.mjs'

/** The server drains its jobs; the watcher of `dev` waits for more changes whatever it is told. */
const drainMs = { production: 35_000, development: 3000 }
const bootMs = 120_000

/** `npm start`: everything from an empty clone to the printed address of the production build. */
export async function start({ env, node, state }) {
  const settings = await prepare(env, node, 'production')
  await ensureBuild(node)
  return serve(settings, node, state, ['bin/server.js'], fromRoot('build'))
}

/** `npm run dev`: the same from the sources, with hot reload. */
export async function dev({ env, node, state }) {
  const settings = await prepare(env, node, 'development')
  return serve(settings, node, state, ['ace', 'serve', '--hmr'], root)
}

/** `node bin/setup.mjs db`: the embedded server alone, for tools and single `node ace` commands. */
export async function database({ env, state }) {
  holdLock(env)
  const { urls, provisionUrl } = await openDatabase(env)
  say()
  for (const [name, url] of Object.entries(urls)) say(`export ${name}=${url}`)
  if (provisionUrl) say(`export DATABASE_PROVISION_URL=${provisionUrl}`)
  say()
  say('The database runs until you press Ctrl+C.')
  state.serving = true
  return new Promise(() => setInterval(() => {}, 2 ** 30))
}

async function prepare(env, node, mode) {
  holdLock(env)
  await refuseTakenPort(env)
  const { urls } = await openDatabase(env)
  const { DATABASE_PROVISION_URL: _, ...rest } = env
  const settings = {
    ...rest,
    ...urls,
    NODE_ENV: mode,
    NYX_DATA_DIR: dataRoot(env),
    NYX_PRINT_LINK: '1',
  }
  await ensureSchema(settings, node)
  return settings
}

function holdLock(env) {
  const path = join(dataRoot(env), 'start.lock')
  lockOrRefuse(path, 'nyxCore')
  atStop(() => unlock(path))
}

/** Migrations run when the database lacks one; seeds after them, or when their own text changed. */
async function ensureSchema(env, node) {
  const stamp = join(dataRoot(env), 'seeded.json')
  const seeds = hashFiles(['database/seeders', 'database/demo'], { also: [env.DATABASE_URL] })
  const behind = await databaseIsBehind(env.DATABASE_MIGRATE_URL)
  if (behind) {
    const args = ['migration:run', '--force', '--connection=migrate']
    await step('Migrating the database', () => ace(args, env, node, 'Migrating the database'))
  }
  if (!['1', 'true'].includes(env.NYX_DEMO)) return
  if (!behind && readJson(stamp)?.seeds === seeds) return
  await step('Adding the demo workspace', () =>
    ace(['db:seed'], env, node, 'Adding the demo workspace')
  )
  writeJson(stamp, { seeds })
}

export function ace(args, env, node, name) {
  return finish(startNode(node, ['ace', ...args], { cwd: root, env }), name)
}

async function serve(env, node, state, script, cwd) {
  const server = startNode(node, script, { cwd, env })
  atStop(() => server.pid && endTree(server.pid, drainMs[env.NODE_ENV]))
  const words = listen(server)
  let end = null
  server.exited.then((result) => (end = result))

  const ready = await step('Starting nyxCore', () =>
    until(async () => end !== null || (await isHealthy(env)), bootMs, 50)
  )
  if (isStopping()) return new Promise(() => {})
  if (end) throw serverEnded(end, words.all())
  if (!ready) {
    throw new Refusal(
      `The server does not report itself healthy after ${bootMs / 1000} s: read its words above.`,
      { details: words.all() }
    )
  }
  state.serving = true
  await until(() => words.link() !== null || env.NYX_DEMO !== '1', 3000)
  greet(env, words.link())
  words.passOn()

  const { code, signal } = await server.exited
  if (isStopping()) return new Promise(() => {})
  say(
    `nyxCore ended by itself (${signal ?? `exit code ${code}`}); start it again with the same command.`
  )
  return code || 1
}

function greet(env, link) {
  say()
  say(`nyxCore is ready: ${env.APP_URL}`)
  if (link) say(link)
  say('Press Ctrl+C to stop.')
  say()
}

/** Keeps the server's words until it is ready, so that the address is not buried in them. */
function listen(server) {
  const held = []
  let link = null
  let passing = false
  for (const [stream, target] of [
    [server.stdout, process.stdout],
    [server.stderr, process.stderr],
  ]) {
    stream.setEncoding('utf8')
    let rest = ''
    stream.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      for (const line of lines) keep(line, target)
    })
  }
  function keep(line, target) {
    if (!passing && /^Sign in: /.test(line)) link = line
    else if (passing) target.write(`${line}\n`)
    else held.push([line, target])
  }
  return {
    link: () => link,
    all: () => held.map(([line]) => line).join('\n'),
    passOn() {
      passing = true
      for (const [line, target] of held.splice(0)) target.write(`${line}\n`)
    },
  }
}

async function isHealthy(env) {
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]', '::1': '[::1]' }[env.HOST] ?? env.HOST
  try {
    const answer = await fetch(`http://${host}:${env.PORT}/health`, {
      signal: AbortSignal.timeout(5000),
    })
    await answer.body?.cancel()
    return answer.status === 200
  } catch (error) {
    if (error.name === 'TimeoutError' || error instanceof TypeError) return false
    throw error
  }
}

function serverEnded({ code, signal, error }, details) {
  const reason = error?.message ?? signal ?? `exit code ${code}`
  return new Refusal(`The server ended before it was ready (${reason}): its words are above.`, {
    cause: error,
    details,
  })
}

async function refuseTakenPort({ HOST, PORT }) {
  const code = await listenError(HOST, Number(PORT))
  if (code === null) return
  if (code === 'EADDRINUSE') {
    throw new Refusal(
      `Port ${PORT} is in use by another program: stop it, or choose another port, for example PORT=${nextPort(PORT)} npm start.`
    )
  }
  if (code === 'EACCES') {
    throw new Refusal(
      `This user may not open port ${PORT}: choose one above 1023, for example PORT=3333 npm start.`
    )
  }
  throw new Refusal(
    `HOST=${HOST} is not an address of this machine (${code}): set HOST=127.0.0.1, or HOST=0.0.0.0 for all addresses.`
  )
}

const nextPort = (port) => (Number(port) < 65535 ? Number(port) + 1 : 3333)

function listenError(host, port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(error.code))
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })
}
