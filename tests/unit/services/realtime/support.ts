import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from '@japa/runner/core'
import testUtils from '@adonisjs/core/services/test_utils'
import transmit from '@adonisjs/transmit/services/main'
import { readLine, type LineEnd, type LineEvent } from '#inertia/lib/event_line'
import { channelName, parseChannel } from '#services/realtime/channels'
import { LiveStream, type Visitor } from '#services/realtime/live_stream'
import { STREAM_LIMITS, StreamRegistry } from '#services/realtime/stream_registry'

export const TENANT = '01990000-0000-7000-8000-000000000001'
export const RECORD = '01990000-0000-7000-8000-00000000000a'
export const CHANNEL = channelName(TENANT, 'discussion', RECORD)

/** A registry whose checks say what the test says. */
export function makeRegistry(limits: Partial<typeof STREAM_LIMITS> = {}) {
  const answers = { stillAllowed: true, refused: [] as string[], fails: false }
  const errors: unknown[] = []
  const registry = new StreamRegistry(
    {
      stillAllowed: async () => {
        if (answers.fails) throw new Error('The database is away.')
        return answers.stillAllowed
      },
      refused: async () => answers.refused,
      onError: (error) => errors.push(error),
    },
    { ...STREAM_LIMITS, ...limits }
  )
  return { registry, answers, errors }
}

/** An HTTP server that opens a stream for whoever comes, and the streams it has opened. */
export async function serve(context: TestContext, registry: StreamRegistry) {
  const opened: { stream: LiveStream; response: ServerResponse }[] = []
  const server = createServer((request, response) => {
    void open(request, response).then((stream) => {
      registry.add(stream)
      stream.signal('ready')
      opened.push({ stream, response })
    })
  })

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.cleanup(async () => {
    registry.close({})
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}`, opened }
}

async function open(request: IncomingMessage, response: ServerResponse) {
  const query = new URL(request.url ?? '', 'http://localhost').searchParams
  const uid = randomUUID()
  const context = await testUtils.createHttpContext({ req: request, res: response })
  const channels = [parseChannel(query.get('channel') ?? CHANNEL)].filter((c) => c !== null)
  const messages = transmit.createStream({ uid, context, request, response })
  const visitor: Visitor = {
    userId: query.get('user') ?? 'ada',
    sessionHash: query.get('session') ?? 'session',
    tenantId: TENANT,
    host: { host: 'localhost', isApex: true, slug: null },
  }
  const stream = new LiveStream(uid, visitor, channels, messages, response, Date.now())
  for (const { name } of channels)
    await transmit.subscribe({ uid, channel: name, skipAuthorization: true })
  return stream
}

/** One browser tab on the stream at `url`: what it heard, and when its line ended. */
export async function listen(context: TestContext, url: string) {
  const events: LineEvent[] = []
  const abort = new AbortController()
  context.cleanup(() => abort.abort())

  let heard = Promise.withResolvers<void>()
  const onEvent = (event: LineEvent) => {
    events.push(event)
    heard.resolve()
    heard = Promise.withResolvers()
  }
  const ended = readLine(fetch, url, abort.signal, { onBytes: () => {}, onEvent }).catch(
    (): LineEnd => ({ kind: 'lost' })
  )

  async function until(isThere: (event: LineEvent) => boolean) {
    while (!events.some(isThere)) await Promise.race([heard.promise, failWhen(ended, events)])
  }

  await until(({ payload }) => payload.type === 'ready')
  return { events, ended, until, leave: () => abort.abort(), types: () => typesOf(events) }
}

async function failWhen(ended: Promise<unknown>, events: LineEvent[]) {
  await ended
  await new Promise((resolve) => setImmediate(resolve))
  throw new Error(`The line ended after ${typesOf(events).join(', ')}.`)
}

function typesOf(events: LineEvent[]) {
  return events.map(({ payload }) => payload.type)
}
