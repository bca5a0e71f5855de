import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { readJson, requireSpace, writeAtomic } from './files.mjs'
import { dataRoot, fromRoot, root } from './paths.mjs'
import { whileLocked } from './lock.mjs'
import { finish, start } from './processes.mjs'
import { Refusal } from './refusal.mjs'
import { step } from './steps.mjs'

const windows = process.platform === 'win32'
const stamp = fromRoot('node_modules/.nyxcore')
const ownNode = fromRoot('node_modules/node/bin', windows ? 'node.exe' : 'node')

/** Brings node_modules in line with the lock file; an install that broke off starts over. */
export async function ensurePackages() {
  if (packagesAreFresh()) return
  await whileLocked(join(dataRoot(), 'work.lock'), async () => {
    if (packagesAreFresh()) return
    requireSpace(root, 1500, 'the installation')
    await step('Installing packages', install)
    writeAtomic(stamp, lockHash())
  })
}

/** The Node that everything after the installation runs under. */
export function findNode() {
  for (const candidate of [ownNode, process.execPath]) {
    const version = spawnSync(candidate, ['--version'], { encoding: 'utf8' }).stdout ?? ''
    if (Number(/^v(\d+)/.exec(version)?.[1]) >= 24) return candidate
  }
  throw new Refusal(
    'The package "node" did not bring its program along: remove node_modules and start again, or install Node 24 from https://nodejs.org.'
  )
}

export function runsUnder(node) {
  return existsSync(node) && realpathSync(node) === realpathSync(process.execPath)
}

/** PATH with our Node first, for everything that says just `node`. */
export function pathWith(node) {
  return [dirname(node), fromRoot('node_modules/.bin'), process.env.PATH].join(delimiter)
}

function packagesAreFresh() {
  if (!existsSync(ownNode)) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true
  return matchesInstalled()
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(fromRoot('package-lock.json')))
    .digest('hex')
}

/** npm writes its own list last: a developer's complete `npm install` needs no second one. */
function matchesInstalled() {
  const installed = readJson(fromRoot('node_modules/.package-lock.json'))?.packages
  if (!installed) return false
  const { packages } = readJson(fromRoot('package-lock.json'))
  return Object.entries(packages).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version
  )
}

async function install(progress) {
  const { command, args, node } = findNpm()
  const total = Object.keys(readJson(fromRoot('package-lock.json')).packages).length - 1
  const flags = ['--include=dev', '--ignore-scripts=false', '--no-audit', '--no-fund']
  let fetched = 0
  const child = start(command, [...args, 'ci', ...flags, '--loglevel=http'], {
    cwd: root,
    env: installEnvironment(node),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    await finish(child, 'Installing the packages', {
      onLine(line) {
        if (!/http fetch GET 200 .*\.tgz/.test(line)) return
        fetched++
        progress(`${Math.min(fetched, total)} of ${total} packages`)
      },
    })
  } catch (error) {
    throw explain(error)
  }
}

function explain(error) {
  const output = error.details ?? ''
  const details = output
    .split('\n')
    .filter((line) => /npm (error|ERR)/.test(line))
    .slice(0, 20)
    .join('\n')
  if (/ENOSPC/.test(output)) {
    return new Refusal(
      `No disk space is left to install the packages: free about 1500 MB for ${root} and the npm cache, then start again.`
    )
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(output)) {
    return new Refusal(
      'npm could not reach the package registry: check the network (or "npm config get registry") and start again.',
      { details }
    )
  }
  return new Refusal('npm could not install the packages: see its words above, then start again.', {
    details,
  })
}

/** NODE_ENV and omit settings of the operator would leave out what the build needs. */
function installEnvironment(node) {
  const { NODE_ENV: _, ...env } = process.env
  const search = (env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(root))
  return { ...env, PATH: [dirname(node), ...search].join(delimiter) }
}

/** npm of the machine under Node of the machine: ours is about to be replaced. */
function findNpm() {
  const node = onPath('node') ?? process.execPath
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js') && existsSync(script)) {
    return { command: node, args: [script], node }
  }
  const npm = onPath('npm')
  if (npm) return { command: npm, args: [], node }
  throw new Refusal(
    'npm is missing: install it together with Node from https://nodejs.org (or your system\'s package "npm") and start again.'
  )
}

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, windows ? `${name}.cmd` : name)
    if (folder && !folder.startsWith(root) && isExecutable(path)) return path
  }
  return null
}

function isExecutable(path) {
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch (error) {
    if (error.code === 'EACCES') return false
    throw error
  }
}
