import { linkSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ensureFolder, readJson } from './files.mjs'
import { isAlive, startOf, until } from './processes.mjs'
import { Refusal, refusalFor } from './refusal.mjs'
import { say } from './steps.mjs'

/**
 * Takes the lock or says who has it (`{ pid }`). A holder that no longer lives does not count.
 */
export function tryLock(path) {
  ensureFolder(dirname(path))
  for (let attempt = 0; attempt < 3; attempt++) {
    if (claim(path)) return null
    const holder = readJson(path)
    if (holder && holder.pid !== process.pid && isAlive(holder.pid, holder.started)) return holder
    rmSync(path, { force: true })
  }
  return readJson(path) ?? { pid: 0 }
}

/** Linked from a finished file, so that nobody ever reads a lock without its holder. */
function claim(path) {
  const draft = `${path}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }))
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw refusalFor(error, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

export function unlock(path) {
  if (readJson(path)?.pid === process.pid) rmSync(path, { force: true })
}

/** For what lasts as long as the program: a second one is refused. */
export function lockOrRefuse(path, what) {
  const holder = tryLock(path)
  if (holder) {
    throw new Refusal(
      `${what} is already running from this folder (process ${holder.pid}): stop it first, or set NYX_DATA_DIR and PORT to run a second one.`
    )
  }
}

/** For short work on shared folders (node_modules, build): a second one waits its turn. */
export async function whileLocked(path, work) {
  let holder = tryLock(path)
  if (holder) {
    say(`Process ${holder.pid} is installing or building in this folder; waiting for it …`)
    const free = await until(() => (holder = tryLock(path)) === null, 15 * 60_000, 500)
    if (!free) {
      throw new Refusal(
        `Process ${holder.pid} has been installing or building here for 15 minutes: end it and start again.`
      )
    }
  }
  try {
    return await work()
  } finally {
    unlock(path)
  }
}
