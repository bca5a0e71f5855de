import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:net'
import { ensureAssets } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { newPasswords, provisioning, refusedConnection } from './database.mjs'
import { hashFiles, readJson } from './files.mjs'
import { lockOrRefuse, unlock } from './lock.mjs'
import { dataRoot, fromRoot, root } from './paths.mjs'
import { embeddedServer, startServer, stopServer } from './postgres.mjs'
import { endTree, finish, start, startNode } from './processes.mjs'
import { Refusal } from './refusal.mjs'
import { say, step } from './steps.mjs'
import { ace } from './serve.mjs'
import { atStop } from './stopping.mjs'

const suites = ['unit', 'functional', 'browser', 'setup']
const prefix = 'nyx_test_'
const generated = ['.adonisjs', 'database/schema.ts']

/** What an operator may have set for his own instance and tests must not see. */
const operatorsOwn =
  /^(DATABASE_|SMTP_|ANTHROPIC_|APP_|NYX_(?!TEST_SCALE|ROOT)|MAIL_|REDIS_|HOST$|PORT$|TRUST_PROXY$|ALLOW_HTTP$|LOG_LEVEL$|NODE_ENV$)/

/**
 * `npm test`: checks and every suite on a database of its own. With arguments, which go to the
 * runner as they are (`npm test -- functional --files=…`), only those tests and no checks.
 */
export async function test({ args, node, state }) {
  const tally = { passed: 0, failed: 0, skipped: 0 }
  try {
    const env = await prepare(node)
    if (wants(args, ['browser'])) env.CHROMIUM_PATH = await ensureChromium(process.env, node)
    if (wants(args, ['browser', 'functional'])) await ensureAssets(node)
    if (args.length === 0) tally.failed += await runChecks(env, node)
    add(tally, await runSuites(args, env, node))
  } catch (error) {
    if (!(error instanceof Refusal) && error.code !== 'E_PROVISION') throw error
    if (error.details) say(error.details)
    say(error.message)
    tally.failed++
  }
  state.lastWord = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`
  return tally.failed === 0 ? 0 : 1
}

/** `npm run bench -- stream`: runs tests/bench/stream.ts, whose last line is one JSON object. */
export async function bench({ args: [name, ...args], node }) {
  if (!/^[a-z_]+$/.test(name ?? '')) {
    throw new Refusal('Say which bench to run, for example: npm run bench -- stream.')
  }
  const env = await prepare(node)
  env.CHROMIUM_PATH = await ensureChromium(process.env, node)
  await ensureAssets(node)
  const script = ['--import=@poppinss/ts-exec', `tests/bench/${name}.ts`, ...args]
  const child = startNode(node, script, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const { code } = await child.exited
  return code ?? 1
}

/** A database of our own, migrated, and the environment that points at it. */
async function prepare(node) {
  const database = `${prefix}${randomBytes(4).toString('hex')}`
  const home = dataRoot()
  const scratch = join(home, database)
  atStop(() => rmSync(scratch, { recursive: true, force: true }))
  const provisionUrl = process.env.TEST_DATABASE_URL || (await startTestServer(home))
  const urls = await makeDatabase(provisionUrl, database)
  const env = await testEnvironment({ ...urls, DATABASE_PROVISION_URL: provisionUrl }, scratch)
  await step('Migrating the database', () =>
    ace(['migration:run', '--connection=migrate', '--no-schema-generate'], env, node, 'Migrating')
  )
  return env
}

async function startTestServer(home) {
  const lock = join(home, 'test.lock')
  lockOrRefuse(lock, '"npm test"')
  atStop(() => unlock(lock))
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const fixed = Boolean(process.env.NYX_DATA_DIR)
  const server = embeddedServer({ home, name: 'test-postgres', fixed, settings })
  atStop(() => stopServer(server))
  const { url } = await step('Starting PostgreSQL', () => startServer(server))
  // Under the lock nobody else uses this server: these are left from runs that were killed.
  const { dropDatabase, listDatabases } = await provisioning()
  for (const left of await listDatabases(url, prefix)) await dropDatabase(url, left)
  return url
}

async function makeDatabase(provisionUrl, database) {
  const { provision, dropDatabase } = await provisioning()
  atStop(() => dropDatabase(provisionUrl, database))
  const passwords = newPasswords(process.env.TEST_DATABASE_URL)
  try {
    return await step('Making roles and database', () =>
      provision(provisionUrl, { database, passwords })
    )
  } catch (error) {
    if (error.code === 'E_PROVISION') throw error
    throw refusedConnection(error, provisionUrl, 'TEST_DATABASE_URL')
  }
}

async function testEnvironment(urls, scratch) {
  const kept = Object.entries(process.env).filter(([name]) => !operatorsOwn.test(name))
  const port = await freePort()
  return {
    ...Object.fromEntries(kept),
    ...urls,
    NODE_ENV: 'test',
    // A folder that does not exist: nothing of the operator's .env reaches a test.
    ENV_PATH: join(scratch, 'no-env'),
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    APP_KEY: randomBytes(32).toString('base64url'),
    NYX_DATA_DIR: scratch,
    NYX_TEST_SCALE: process.env.NYX_TEST_SCALE || '1',
  }
}

async function runChecks(env, node) {
  let failed = 0
  const scripts = readJson(fromRoot('package.json')).scripts
  const shell = (script) =>
    finish(
      start('/bin/sh', ['-c', script], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }),
      'It'
    )
  for (const [name, work] of [
    ['Comparing generated files', () => refuseDrift(env, node)],
    ['Checking types', () => shell(scripts.typecheck)],
    ['Linting', () => shell(scripts.lint)],
  ]) {
    try {
      await step(name, work)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      say(error.details ?? error.message)
      failed++
    }
  }
  return failed
}

/** Routes, pages and tables have generated types; the committed ones must be the current ones. */
async function refuseDrift(env, node) {
  const before = hashFiles(generated)
  await ace(['codegen'], env, node, 'Generating')
  await ace(['schema:generate', '--connection=migrate'], env, node, 'Generating')
  if (hashFiles(generated) === before) return
  throw new Refusal('', {
    details: `The generated files were out of date; they are written now: commit ${generated.join(' and ')}.`,
  })
}

/** Every test in one runner; its summary is read from what it prints. */
async function runSuites(args, env, node) {
  const chosen = args.length === 0 ? suites : args
  const script = ['--import=@poppinss/ts-exec', 'bin/test.ts', ...chosen]
  const child = startNode(node, script, { cwd: root, env })
  const limitMs = 20 * 60_000 * Math.max(1, Number(env.NYX_TEST_SCALE))
  const watchdog = setTimeout(() => {
    say(`The tests have not come to an end in ${limitMs / 60_000} minutes and are stopped.`)
    void endTree(child.pid)
  }, limitMs)
  let summary = ''
  const onLine = (line) => {
    say(line)
    // eslint-disable-next-line no-control-regex
    const plain = line.replace(/\x1b\[[0-9;]*m/g, '')
    if (/^\s*Tests\s+\d/.test(plain)) summary = plain
  }
  const failedRun = await finish(child, 'The test runner', { onLine }).then(
    () => null,
    (error) => error
  )
  clearTimeout(watchdog)
  const counted = {
    passed: count(summary, 'passed'),
    failed: count(summary, 'failed') + count(summary, 'regression'),
    skipped: count(summary, 'skipped') + count(summary, 'todo'),
  }
  // A runner that fails without a failed test has met an error outside of them.
  if (failedRun && counted.failed === 0) {
    say(failedRun.message)
    counted.failed = 1
  }
  return counted
}

function count(summary, word) {
  return Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0)
}

function add(tally, counted) {
  for (const key of Object.keys(tally)) tally[key] += counted[key]
}

function wants(args, wished) {
  const named = args.filter((arg) => suites.includes(arg))
  return named.length === 0 || wished.some((suite) => named.includes(suite))
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
