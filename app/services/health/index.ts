import { statfs } from 'node:fs/promises'
import nyx from '#config/nyx'
import db from '@adonisjs/lucid/services/db'
import { queueHealth } from '#services/queue/index'

type Part = { status: 'ok' | 'down'; latencyMs: number; detail?: string }
export type HealthReport = { status: 'ok' | 'down'; parts: Record<string, Part> }

const LEAST_FREE_BYTES = 200 * 1024 * 1024
const PATIENCE_MS = 2000

/** Asks every part the server cannot do without. Each answers within 2 s or counts as down. */
export async function checkHealth(): Promise<HealthReport> {
  const [database, queue, disk] = await Promise.all([
    probe(async () => {
      await db.connection('app').from('app.tenants').select('id').limit(1)
    }),
    probe(async () => {
      const { ok } = await queueHealth()
      if (!ok) throw new Error('The queue does not answer.')
    }),
    probe(async () => {
      const { bavail, bsize } = await statfs(nyx.dataDir)
      if (bavail * bsize < LEAST_FREE_BYTES) throw new Error('Less than 200 MB are free.')
    }),
  ])
  const parts = { database, queue, disk }
  const down = Object.values(parts).some(({ status }) => status === 'down')
  return { status: down ? 'down' : 'ok', parts }
}

async function probe(ask: () => Promise<void>): Promise<Part> {
  const startedAt = performance.now()
  const latencyMs = () => Math.round(performance.now() - startedAt)
  const { promise: patience, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('No answer within 2 s.')), PATIENCE_MS)
  try {
    await Promise.race([ask(), patience])
    return { status: 'ok', latencyMs: latencyMs() }
  } catch (error) {
    return { status: 'down', latencyMs: latencyMs(), detail: sentence(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** Our own sentences may be shown; a driver's error may name hosts and users, so only its code is. */
function sentence(error: unknown) {
  if (!(error instanceof Error)) return 'It failed.'
  return 'code' in error ? `It failed (${String(error.code)}).` : error.message
}
