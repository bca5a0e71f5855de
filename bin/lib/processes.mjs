import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { readJson, writeJson } from './files.mjs'
import { lib } from './paths.mjs'
import { Refusal } from './refusal.mjs'

const windows = process.platform === 'win32'
const children = new Map()
const leash = pathToFileURL(join(lib, 'leash.mjs')).href

/** Set by `rememberChildrenIn`: what to end at the next start if this process is killed outright. */
let registry = null

/** `kill(pid, 0)` also answers for zombies and reused numbers; both are told apart here. */
export function isAlive(pid, started) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code === 'ESRCH') return false
    if (error.code !== 'EPERM') throw error
  }
  const identity = startOf(pid)
  if (identity === null) return windows
  return started === undefined || identity === started
}

/** A string that no two processes with the same number share; null when there is no such process. */
export function startOf(pid) {
  if (process.platform === 'linux') {
    const stat = `/proc/${pid}/stat`
    if (!existsSync(stat)) return null
    const fields = readFileSync(stat, 'utf8').split(') ').pop().split(' ')
    return fields[0] === 'Z' ? null : fields[19]
  }
  if (windows) return ''
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch (error) {
    if (error.status === 1) return null
    throw error
  }
}

/** Writes down our children's numbers, and ends those of a predecessor that was killed with -9. */
export async function rememberChildrenIn(folder) {
  const known = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.json'))
    : []
  for (const name of known) {
    const path = join(folder, name)
    const record = readJson(path)
    if (record && isAlive(record.pid, record.started)) continue
    for (const child of record?.children ?? []) {
      if (isAlive(child.pid, child.started)) await endTree(child.pid)
    }
    rmSync(path, { force: true })
  }
  registry = join(folder, `${process.pid}.json`)
  writeRegistry()
}

export function forgetChildren() {
  if (registry) rmSync(registry, { force: true })
  registry = null
}

function writeRegistry() {
  if (!registry) return
  writeJson(registry, {
    pid: process.pid,
    started: startOf(process.pid),
    children: [...children.keys()].map((pid) => ({ pid, started: startOf(pid) })),
  })
}

/**
 * Starts a child in a process group of its own, so that a Ctrl+C or a group-wide SIGTERM reaches it
 * through us and in our order.
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: !windows, ...options })
  child.exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  }).finally(() => {
    children.delete(child.pid)
    writeRegistry()
  })
  if (child.pid) {
    children.set(child.pid, child)
    writeRegistry()
  }
  return child
}

/** A Node script that also ends when we are killed without a chance to tell it. */
export function startNode(node, args, options = {}) {
  const stdio = [...(options.stdio ?? ['ignore', 'pipe', 'pipe']), 'ipc']
  return start(node, ['--import', leash, ...args], { ...options, stdio })
}

/**
 * Waits for a child to end and returns its output; a failure is a Refusal that carries the last
 * lines. `onLine` sees every line as it comes.
 */
export async function finish(child, name, { onLine } = {}) {
  const lines = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    let rest = ''
    stream?.on('data', (chunk) => {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop()
      for (const line of parts) keep(line)
    })
    stream?.on('end', () => rest && keep(rest))
  }
  function keep(line) {
    lines.push(line)
    if (lines.length > 2000) lines.shift()
    onLine?.(line)
  }
  const closed = child.pid ? new Promise((resolve) => child.once('close', resolve)) : null
  const { code, signal, error } = await child.exited
  await closed
  const output = lines.join('\n')
  if (error || code !== 0) {
    const reason = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${code}`)
    throw new Refusal(`${name} failed (${reason}).`, { cause: error, details: output })
  }
  return output
}

/** Asks, waits, insists. The whole group goes, because npm and ace have children of their own. */
export async function endTree(pid, graceMs = 8000) {
  signalTree(pid, 'SIGTERM')
  const ended = await until(() => !isAlive(pid), graceMs)
  if (ended && (await until(() => !signalTree(pid, 0), 2000))) return
  signalTree(pid, 'SIGKILL')
  await until(() => !isAlive(pid), 2000)
}

export async function endChildren() {
  await Promise.all([...children.keys()].map((pid) => endTree(pid)))
}

/** False when nobody is left to be told. */
function signalTree(pid, signal) {
  try {
    process.kill(windows ? pid : -pid, signal)
    return true
  } catch (error) {
    if (error.code === 'ESRCH') return false
    throw error
  }
}

/** Polls until `condition` holds (true) or the time is over (false). */
export async function until(condition, timeoutMs, everyMs = 25) {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) return false
    await delay(everyMs)
  }
  return true
}
