import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { dataRoot, fromRoot, root } from './paths.mjs'
import { ensurePackages, findNode, pathWith, runsUnder } from './packages.mjs'
import { loadEnvironment } from './env.mjs'
import { requireWritable } from './files.mjs'
import { rememberChildrenIn } from './processes.mjs'
import { Refusal } from './refusal.mjs'
import { say } from './steps.mjs'
import { isStopping, stop, stopOnSignals } from './stopping.mjs'

const commands = {
  start: () => import('./serve.mjs').then((module) => module.start),
  dev: () => import('./serve.mjs').then((module) => module.dev),
  db: () => import('./serve.mjs').then((module) => module.database),
  test: () => import('./tests.mjs').then((module) => module.test),
  bench: () => import('./tests.mjs').then((module) => module.bench),
}

const interrupted = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

/**
 * `serving`: stopping is a success from then on, an interruption before. `lastWord`: the line that
 * follows everything else.
 */
const state = { serving: false, lastWord: null }

export async function run([name, ...args]) {
  stopOnSignals((signal) => (state.serving ? 0 : interrupted[signal]))
  if (name === 'test') state.lastWord = '0 passed, 1 failed, 0 skipped'
  try {
    const code = await execute(name, args)
    await leave(code ?? 0)
  } catch (error) {
    // The handler of the signal is already stopping everything, and ends the process.
    if (isStopping()) return
    report(error)
    await leave(1)
  }
}

async function leave(code) {
  await stop()
  if (state.lastWord) say(state.lastWord)
  process.exit(code)
}

async function execute(name, args) {
  if (!Object.hasOwn(commands, name ?? '')) {
    throw new Refusal(
      `There is no command "${name ?? ''}": use ${Object.keys(commands).join(', ')}.`
    )
  }
  requireWritable(root)
  const isTest = name === 'test' || name === 'bench'
  const env = isTest ? process.env : loadEnvironment()
  requireWritable(dataRoot(env))
  await rememberChildrenIn(join(dataRoot(env), 'run'))
  await ensurePackages()

  const node = findNode()
  if (!runsUnder(node)) return handOver(node, [name, ...args])
  process.env.PATH = env.PATH = pathWith(node)
  const command = await commands[name]()
  return command({ env, args, node, state })
}

/** The same script again under our own Node; the channel tells it when this process is killed. */
function handOver(node, args) {
  state.lastWord = null
  const child = spawn(node, [fromRoot('bin/setup.mjs'), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: pathWith(node) },
  })
  for (const signal of Object.keys(interrupted)) {
    process.removeAllListeners(signal)
    process.on(signal, () => child.kill(signal))
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? interrupted[signal] ?? 1))
  })
}

function report(error) {
  if (!(error instanceof Refusal) && error.code !== 'E_PROVISION') {
    console.error(error)
    console.error('Set-up met something it does not know: please report the lines above.')
    return
  }
  if (error.details) console.error(error.details.trimEnd().split('\n').slice(-40).join('\n'))
  console.error(error.message)
}
