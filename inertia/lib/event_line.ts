import { createParser } from 'eventsource-parser'

export type LineEvent = { channel: string; payload: { type: string } }

/** How a line came to its end. `refused` carries the answer of a server that opened none. */
export type LineEnd =
  { kind: 'lost' } | { kind: 'refused'; status: number; channels: string[]; retryAfterMs: number }

type Fetch = (
  url: string,
  init: { headers: Record<string, string>; signal: AbortSignal; cache: 'no-store' }
) => Promise<Response>

/**
 * Reads one stream of server-sent events until it ends. An EventSource would hide the status of a refusal, which
 * decides whether to try again.
 */
export async function readLine(
  fetch: Fetch,
  url: string,
  signal: AbortSignal,
  listener: { onBytes: () => void; onEvent: (event: LineEvent) => void }
): Promise<LineEnd> {
  const headers = { accept: 'text/event-stream, application/json' }
  const response = await fetch(url, { headers, signal, cache: 'no-store' })
  if (!response.ok || !response.body) return refusal(response)
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    return { kind: 'lost' }

  const parser = createParser({ onEvent: ({ data }) => listener.onEvent(JSON.parse(data)) })
  const reader = response.body.getReader()
  const decoder = new TextDecoder()

  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    listener.onBytes()
    parser.feed(decoder.decode(piece.value, { stream: true }))
  }
  return { kind: 'lost' }
}

async function refusal(response: Response): Promise<LineEnd> {
  const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1000 || 0
  return {
    kind: 'refused',
    status: response.status,
    channels: await refused(response),
    retryAfterMs,
  }
}

async function refused(response: Response): Promise<string[]> {
  if (!response.headers.get('content-type')?.includes('json')) return []
  const body = (await response.json()) as { channels?: string[] }
  return body.channels ?? []
}
