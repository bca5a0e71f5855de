import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { until } from '#tests/support/until'
import type { Said } from './script.ts'

export type Provider = {
  url: string
  /** Lets the answer begin. */
  go: (id: string) => void
  /** All that was said so far in this answer. */
  said: (id: string) => string
}

const children: ChildProcess[] = []

export async function startProvider(): Promise<Provider> {
  const texts = new Map<string, string>()
  const child = start('tests/bench/support/provider_process.ts')
  const [{ url }] = await once(child, 'message')
  child.on('message', ({ id, text }: Said) => texts.set(id, (texts.get(id) ?? '') + text))
  return { url, go: (id) => child.send({ go: id }), said: (id) => texts.get(id) ?? '' }
}

export async function startRelay(provider: Provider): Promise<string> {
  const child = start('tests/bench/support/relay_process.ts', { ANTHROPIC_BASE_URL: provider.url })
  const [{ url }] = await once(child, 'message')
  return url
}

/** The server as it is in production, web and worker in one process, over http on this machine. */
export async function startServer(provider: Provider): Promise<void> {
  const child = start('bin/server.ts', {
    NODE_ENV: 'production',
    NYX_DEMO: '1',
    LOG_LEVEL: 'warn',
    ANTHROPIC_API_KEY: 'sk-bench',
    ANTHROPIC_BASE_URL: provider.url,
  })
  await until(
    'the server',
    async () => {
      if (hasEnded(child)) throw new Error('The server ended before it was ready.')
      return fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(
        ({ ok }) => ok,
        () => false
      )
    },
    60_000
  )
}

export async function stopProcesses() {
  for (const child of children.toReversed()) {
    if (hasEnded(child)) continue
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess) {
  return exitCode !== null || signalCode !== null
}

/** Their words go to stderr: stdout belongs to the figures. */
function start(script: string, env: Record<string, string> = {}) {
  const child = fork(script, {
    execArgv: ['--import=@poppinss/ts-exec'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  children.push(child)
  return child
}
