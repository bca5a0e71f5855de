import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, copyFile, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { TestContext } from '@japa/runner/core'

const root = join(import.meta.dirname, '../..')

/** A folder that set-up takes for a fresh clone: the lock file, the recipe, borrowed packages. */
export class Scratch {
  #runs: Run[] = []

  private constructor(
    readonly path: string,
    readonly parent: string
  ) {}

  static async make(test: TestContext['test'], { packages = true, mode = 0o755 } = {}) {
    const parent = await mkdtemp(join(tmpdir(), 'nyx-setup-'))
    const scratch = new Scratch(join(parent, 'clone'), parent)
    await mkdir(join(scratch.path, 'database'), { recursive: true })
    for (const file of ['package.json', 'package-lock.json', 'database/provision.ts']) {
      await copyFile(join(root, file), join(scratch.path, file))
    }
    if (packages) await symlink(join(root, 'node_modules'), scratch.join('node_modules'))
    await chmod(parent, mode)
    test.cleanup(() => scratch.#remove())
    return scratch
  }

  join(...parts: string[]) {
    return join(this.path, ...parts)
  }

  read(...parts: string[]) {
    return readFileSync(this.join(...parts), 'utf8')
  }

  /** Starts `bin/setup.mjs` on this folder, in a process group of its own. */
  run(args: string[], env: Record<string, string> = {}) {
    return this.#start([join(root, 'bin/setup.mjs'), ...args], env)
  }

  /** The same for somebody without rights, which root can become: of a copy, since this folder may be closed. */
  async runAsNobody(args: string[]) {
    const setup = join(this.parent, 'bin/setup.mjs')
    await cp(join(root, 'bin'), join(this.parent, 'bin'), { recursive: true })
    const become = 'process.setgid(65534); process.setuid(65534)'
    return this.#start([
      '--input-type=module',
      '--eval',
      `${become}; process.argv.splice(1, 0, '${setup}'); await import('${setup}')`,
      ...args,
    ])
  }

  #start(command: string[], env: Record<string, string> = {}) {
    const inherited = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR }
    const child = spawn(process.execPath, command, {
      env: { ...inherited, NYX_ROOT: this.path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const run = new Run(child)
    this.#runs.push(run)
    return run
  }

  /** Runs to the line that says the database is up. */
  async database(env: Record<string, string> = {}) {
    const run = this.run(['db'], env)
    await run.says('The database runs')
    return run
  }

  postmaster(cluster = this.join('storage/postgres')) {
    return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
  }

  async #remove() {
    for (const run of this.#runs) await run.end()
    await rm(this.parent, { recursive: true, force: true })
  }
}

export class Run {
  output = ''
  #ended: Promise<number | null>

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => (this.output += chunk))
    }
    this.#ended = once(child, 'close').then(([code]: (number | null)[]) => code)
  }

  get pid() {
    return this.child.pid ?? 0
  }

  /** The exit code; null after a signal. */
  exit() {
    return this.#ended
  }

  async says(words: string) {
    await until(() => this.output.includes(words) || this.child.exitCode !== null)
    if (!this.output.includes(words)) throw new Error(`Expected "${words}" in:\n${this.output}`)
  }

  /** Stops the whole group in order, and waits for it. */
  async end(signal: NodeJS.Signals = 'SIGTERM') {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    process.kill(-this.pid, signal)
    await this.#ended
  }
}

/** Waits for the condition itself; gives up after half a minute. */
export async function until(condition: () => boolean) {
  const deadline = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Never came true: ${condition}`)
    await delay(10)
  }
}

/** Every live process that has `words` in its command line. */
export function processesWith(words: string) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .filter((pid) => commandLine(pid).includes(words))
    .map(Number)
}

function commandLine(pid: string) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch (error) {
    // Processes end while the list is read.
    if (error instanceof Error && 'code' in error && error.code !== 'EACCES') return ''
    throw error
  }
}

/** A port that another program holds until the test ends. */
export async function occupiedPort(test: TestContext['test']) {
  const server = await listen()
  test.cleanup(() => void server.close())
  return portOf(server)
}

export async function freePort() {
  const server = await listen()
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

async function listen() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function portOf(server: Server) {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given')
  return address.port
}
