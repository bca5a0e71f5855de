import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import pg from 'pg'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import type { FakeAnthropic } from '#tests/fakes/anthropic'
import { until } from '#tests/support/workers'

type Context = { cleanup: (fn: () => Promise<void>) => void }

/** How a server of ours names itself to PostgreSQL, so that its connections can be told from the tests'. */
const NAME = 'nyx-fault-server'

/** The real server as a process of its own: web and worker, on this run's database, with the fake as its vendor. */
export async function startServer(context: Context, fake: FakeAnthropic) {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import=@poppinss/ts-exec', 'bin/server.ts'], {
    cwd: app.makePath(),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      LOG_LEVEL: 'silent',
      DATABASE_URL: `${env.get('DATABASE_URL')}?application_name=${NAME}`,
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: fake.url,
    },
  })
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  context.cleanup(kill)

  await until(
    'the server to answer',
    async () => {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
      return health(port).catch(() => null)
    },
    30_000
  )
  return { port, exited, kill, terminate: () => child.kill('SIGTERM') }
}

export async function health(port: number) {
  const response = await fetch(`http://127.0.0.1:${port}/health`)
  return { status: response.status, report: await response.json() }
}

/** Ends every connection of the servers that were started here, as an administrator would. */
export async function terminateBackends(): Promise<number> {
  const { rowCount } = await privileged(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = $1 and application_name = $2`,
    [databaseName(), NAME]
  )
  return rowCount ?? 0
}

/** Nobody, not even this process, may connect any more until it is allowed again. */
export async function allowConnections(allowed: boolean) {
  await privileged(`alter database "${databaseName()}" with allow_connections ${allowed}`, [])
  if (allowed) return
  await privileged('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    databaseName(),
  ])
}

async function privileged(statement: string, values: string[]) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_PROVISION_URL })
  await client.connect()
  try {
    return await client.query(statement, values)
  } finally {
    await client.end()
  }
}

function databaseName() {
  return new URL(env.get('DATABASE_URL')).pathname.slice(1)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await once(probe.listen(0, '127.0.0.1'), 'listening')
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (!address || typeof address === 'string') throw new Error('There is no port to be had.')
  return address.port
}
