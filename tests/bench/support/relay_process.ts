import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createParser } from 'eventsource-parser'

/**
 * The baseline: hands the provider's words on to one reader, each at once, and does nothing else. Its events have
 * the form of ours, so that the same client reads them.
 */
const provider = process.env.ANTHROPIC_BASE_URL

async function relay(request: IncomingMessage, response: ServerResponse) {
  const question = new URL(request.url ?? '', 'http://relay').searchParams.get('channels')
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const write = (channel: string, payload: object) =>
    response.write(`data: ${JSON.stringify({ channel, payload })}\n\n`)

  const answer = await fetch(`${provider}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'sk-bench', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({
      model: 'fake',
      max_tokens: 1000,
      stream: true,
      messages: [{ role: 'user', content: question }],
    }),
  })
  write('$stream', { type: 'ready' })
  const parser = createParser({
    onEvent({ data }) {
      const event = JSON.parse(data)
      if (event.type === 'content_block_delta')
        write('relay', { type: 'delta', text: event.delta.text })
    },
  })
  const decoder = new TextDecoder()
  for await (const piece of answer.body ?? []) parser.feed(decoder.decode(piece, { stream: true }))
  response.end()
}

const server = createServer((request, response) => void relay(request, response))
process.once('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () =>
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
)
