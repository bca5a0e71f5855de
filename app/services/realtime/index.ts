import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import transmit from '@adonisjs/transmit/services/main'
import { readVisitByHash } from '#services/identity/index'
import { withTenantScope } from '#services/tenancy/index'
import { ChannelBook, channelName, type AuthorizeChannel, type Channel } from './channels.ts'
import { LiveStream, type Visitor } from './live_stream.ts'
import { StreamRegistry, type StreamFilter } from './stream_registry.ts'
import { TextCoalescer, type TextEvent } from './text_coalescer.ts'

export { channelName, parseChannel, type Channel } from './channels.ts'
export { SIGNAL_CHANNEL, type StreamSignal, type Visitor } from './live_stream.ts'
export { TextCoalescer, wholeText, type TextEvent } from './text_coalescer.ts'

/** What a channel carries: a piece of text, or the news that a record has reached a version. */
export type RealtimeEvent = TextEvent | { type: string; id: string; version: number }

/** The open HTTP exchange that becomes a stream. */
export type StreamConnection = Omit<Parameters<typeof transmit.createStream>[0], 'uid'>

export type Opening =
  | { outcome: 'opened'; uid: string }
  | { outcome: 'refused'; channels: string[] }
  | { outcome: 'gone' }

let shutdownHooked = false

const channelBook = new ChannelBook(withTenantScope)
const streams = new StreamRegistry({
  stillAllowed: stillMember,
  refused: (claim, channels) => channelBook.refused(claim, channels),
  onError: (error) => logger.error({ err: error }, 'an open stream could not be checked'),
})

/**
 * Makes `t/<tenant>/<kind>/<record>` watchable. `authorize` runs inside the watcher's tenant scope, before a
 * stream opens and every 3 s while it is open.
 */
export function registerChannel(kind: string, authorize: AuthorizeChannel) {
  channelBook.register(kind, authorize)
}

/**
 * Opens one stream for `visitor` on all `channels`, or on none: `refused` names those that are unknown or not
 * theirs. `gone` means the client left while it was being decided. Holds no transaction while open.
 */
export async function openStream(
  visitor: Visitor,
  channels: Channel[],
  connection: StreamConnection
): Promise<Opening> {
  const refused = await channelBook.refused(visitor, channels)
  if (refused.length > 0) return { outcome: 'refused', channels: refused }
  if (connection.response.destroyed || connection.request.destroyed) return { outcome: 'gone' }

  const uid = randomUUID()
  const messages = transmit.createStream({ ...connection, uid })
  const stream = new LiveStream(uid, visitor, channels, messages, connection.response, Date.now())
  for (const { name } of channels)
    await transmit.subscribe({ uid, channel: name, skipAuthorization: true })

  closeOnShutdown()
  streams.add(stream)
  stream.signal('ready')
  return { outcome: 'opened', uid }
}

/** Ends the open streams of a session, a person or a workspace at once, as after signing out. */
export function closeStreams(filter: StreamFilter) {
  streams.close(filter)
}

/** Tells everyone who watches the record. Call it after commit. */
export function broadcast(tenantId: string, kind: string, recordId: string, event: RealtimeEvent) {
  transmit.broadcast(channelName(tenantId, kind, recordId), event)
}

/**
 * A coalescer whose events go to one channel. `text.id` is the record that grows, `text.attempt` the attempt
 * that writes it; each attempt needs its own.
 */
export function createTextCoalescer(
  channel: { tenantId: string; kind: string; recordId: string },
  text: Pick<TextEvent, 'type' | 'id' | 'attempt'>
) {
  return new TextCoalescer(text, (event) =>
    broadcast(channel.tenantId, channel.kind, channel.recordId, event)
  )
}

async function stillMember({ sessionHash, userId, tenantId, host }: Visitor) {
  const { user, tenant, role } = await readVisitByHash(sessionHash, host)
  return user?.id === userId && tenant?.id === tenantId && !tenant.suspended && role !== null
}

/**
 * The HTTP server waits for open responses when it stops. Terminating hooks run last to first, and the server's
 * own is older than the first stream.
 */
function closeOnShutdown() {
  if (shutdownHooked) return
  shutdownHooked = true
  app.terminating(() => streams.close({}))
}
