import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { Refusal, refusalFor } from './refusal.mjs'
import { root } from './paths.mjs'

/** Readers see the old content or the new one, never half of it, even after a power cut. */
export function writeAtomic(path, content, mode = 0o644) {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(draft, 'wx', mode)
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw refusalFor(error, path)
  }
}

/** The parsed file, or null when there is none or it is not whole. */
export function readJson(path) {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw refusalFor(error, path)
  }
}

export function writeJson(path, value, mode = 0o600) {
  writeAtomic(path, `${JSON.stringify(value, null, 2)}\n`, mode)
}

export function ensureFolder(path, mode = 0o755) {
  try {
    mkdirSync(path, { recursive: true, mode })
    return path
  } catch (error) {
    throw refusalFor(error, path)
  }
}

/** Proves by doing it that files can be made here: permission bits say little to root. */
export function requireWritable(folder) {
  const probe = join(ensureFolder(folder), `.nyx-probe-${process.pid}`)
  try {
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw refusalFor(error, folder)
  }
}

/** Refuses early, because a disk that fills up half-way leaves a worse message. */
export function requireSpace(folder, megabytes, purpose) {
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / 1024 ** 2)
  if (free < megabytes) {
    throw new Refusal(
      `Only ${free} MB are free at ${folder} and ${purpose} needs about ${megabytes} MB: free some disk space and start again.`
    )
  }
}

/** SHA-256 over names and contents, so that renames and deletions count as changes. */
export function hashFiles(paths, { except = [], also = [] } = {}) {
  const hash = createHash('sha256')
  const skipped = except.map((entry) => join(root, entry))
  for (const path of paths.flatMap((entry) => listFiles(join(root, entry), skipped)).sort()) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0')
  }
  for (const value of also) hash.update(`${value}\0`)
  return hash.digest('hex')
}

function listFiles(path, skipped) {
  if (skipped.includes(path) || !existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => listFiles(join(path, name), skipped))
}
