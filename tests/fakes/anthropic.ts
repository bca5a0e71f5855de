import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One thing the server does next. */
export type Step =
  | { event: string; data: unknown }
  | { raw: string | Uint8Array }
  | { wait: Promise<unknown> }
  | { delayMs: number }
  | { cut: true }

/** One answer. With `status` and `body` it is an error, with `steps` a stream that ends after them. */
export interface Script {
  status?: number
  headers?: Record<string, string>
  body?: unknown
  steps?: Iterable<Step> | AsyncIterable<Step>
}

interface RequestBody {
  model: string
  max_tokens: number
  system?: string
  messages: Array<{ role: string; content: string }>
  [field: string]: unknown
}

export interface FakeCall {
  headers: IncomingHttpHeaders
  body: RequestBody
  /** When each event left, in ms since 1970 with fractions. */
  sentAt: number[]
  /** Resolves when the client went away before the answer was complete. */
  aborted: Promise<void>
  /** Resolves when the answer is over, whoever ended it. */
  ended: Promise<void>
}

export interface FakeUsage {
  input_tokens: number
  cache_read_input_tokens: number
  cache_creation_input_tokens: number
  output_tokens: number
  thinking_tokens: number
}

export interface MessageOptions {
  text?: string[]
  thinking?: string[]
  stopReason?: string
  usage?: Partial<FakeUsage>
}

/** Plays the vendor's Messages API on the wire: same paths, same refusals, same server-sent events. */
export class FakeAnthropic {
  readonly calls: FakeCall[] = []
  /** Answers when nothing is queued. */
  defaultScript: Script | ((call: FakeCall) => Script) = () =>
    messageScript({ text: ['Hello', ' from', ' the', ' fake', '.'] })

  readonly #queue: Script[] = []
  readonly #awaited: Array<{ count: number; resolve: () => void }> = []
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(asError(error)))
  })

  async listen(port = 0): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject).listen(port, '127.0.0.1', resolve)
    await promise
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The next call that finds the queue filled takes the oldest script. */
  enqueue(...scripts: Script[]): void {
    this.#queue.push(...scripts)
  }

  /** Enqueues an answer that the test drives piece by piece. */
  live(): LiveAnswer {
    const answer = new LiveAnswer()
    this.enqueue({ steps: answer })
    return answer
  }

  /** Resolves with call number `index` (from 0) as soon as it has come in. */
  async call(index: number): Promise<FakeCall> {
    if (this.calls.length <= index) {
      await new Promise<void>((resolve) => this.#awaited.push({ count: index + 1, resolve }))
    }
    return this.calls[index]
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    response.socket?.setNoDelay(true)
    const text = Buffer.concat(await request.toArray()).toString('utf8')
    const refusal = refusalOf(request.method, request.url, request.headers, text)
    if (refusal) return respond(response, refusal)

    const call = this.#record(request.headers, JSON.parse(text), response)
    const fallback = this.defaultScript
    const script =
      this.#queue.shift() ?? (typeof fallback === 'function' ? fallback(call) : fallback)
    if (!script.steps) return respond(response, script)

    response.writeHead(script.status ?? 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'request-id': `req_fake_${this.calls.length}`,
      ...script.headers,
    })
    response.flushHeaders()
    await play(script.steps, response, call)
  }

  #record(headers: IncomingHttpHeaders, body: RequestBody, response: ServerResponse): FakeCall {
    const aborted = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    response.once('close', () => {
      if (!response.writableFinished && !response.errored) aborted.resolve()
      ended.resolve()
    })
    const call = { headers, body, sentAt: [], aborted: aborted.promise, ended: ended.promise }
    this.calls.push(call)
    for (const { count, resolve } of this.#awaited) {
      if (this.calls.length >= count) resolve()
    }
    return call
  }
}

export async function startFakeAnthropic(port = 0): Promise<FakeAnthropic> {
  const fake = new FakeAnthropic()
  await fake.listen(port)
  return fake
}

/** An answer in the test's hands: nothing is sent until it says so. */
export class LiveAnswer implements AsyncIterable<Step> {
  readonly #steps: Step[] = []
  #wake = Promise.withResolvers<void>()
  #over = false
  #block: 'text' | 'thinking' | null = null
  #index = -1
  #outputTokens = 0

  constructor() {
    this.push(messageStart({}), { event: 'ping', data: { type: 'ping' } })
  }

  text(...pieces: string[]): this {
    return this.#grow('text', pieces)
  }

  thinking(...pieces: string[]): this {
    return this.#grow('thinking', pieces)
  }

  finish(options: Pick<MessageOptions, 'stopReason' | 'usage'> = {}): void {
    if (this.#block) this.push(blockStop(this.#index))
    const usage = { output_tokens: this.#outputTokens, ...options.usage }
    this.push(...messageEnd({ ...options, usage }))
    this.end()
  }

  /** Drops the connection in the middle. */
  cut(): void {
    this.push({ cut: true })
    this.end()
  }

  /** The vendor's error event inside a stream that began well. */
  fail(type: string): void {
    this.push({ event: 'error', data: { type: 'error', error: { type, message: 'Fake failure' } } })
    this.end()
  }

  push(...steps: Step[]): void {
    this.#steps.push(...steps)
    this.#wake.resolve()
  }

  /** Closes the stream without the events that belong at its end. */
  end(): void {
    this.#over = true
    this.#wake.resolve()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Step, void, undefined> {
    while (true) {
      const step = this.#steps.shift()
      if (step) yield step
      else if (this.#over) return
      else {
        await this.#wake.promise
        this.#wake = Promise.withResolvers<void>()
      }
    }
  }

  #grow(block: 'text' | 'thinking', pieces: string[]): this {
    if (this.#block !== block) {
      if (this.#block) this.push(blockStop(this.#index))
      this.#block = block
      this.#index++
      this.push(blockStart(this.#index, block))
    }
    this.#outputTokens += pieces.length
    this.push(...pieces.map((piece) => delta(this.#index, block, piece)))
    return this
  }
}

/** A whole message, sent as fast as it is read. */
export function messageScript(options: MessageOptions): Script {
  return { steps: messageSteps(options) }
}

export function messageSteps({ text = [], thinking = [], ...rest }: MessageOptions): Step[] {
  const usage = { output_tokens: text.length + thinking.length, ...rest.usage }
  const blocks = (
    [
      ['thinking', thinking],
      ['text', text],
    ] as const
  ).filter(([, pieces]) => pieces.length > 0)
  return [
    messageStart(usage),
    { event: 'ping', data: { type: 'ping' } },
    ...blocks.flatMap(([block, pieces], index) => [
      blockStart(index, block),
      ...pieces.map((piece) => delta(index, block, piece)),
      blockStop(index),
    ]),
    ...messageEnd({ ...rest, usage }),
  ]
}

/**
 * A message of `words` numbered words, one each `delayMs`. Stamped, each word carries the moment it
 * was sent, `17@1764000000000.12`, so that a reader on the same machine can tell its delay.
 */
export function wordScript(options: { words: number; delayMs: number; stamped?: boolean }): Script {
  async function* steps(): AsyncGenerator<Step, void, undefined> {
    yield messageStart({})
    yield blockStart(0, 'text')
    for (let word = 1; word <= options.words; word++) {
      if (options.delayMs > 0) yield { delayMs: options.delayMs }
      const stamp = options.stamped ? `@${now().toFixed(2)}` : ''
      yield delta(0, 'text', `${options.stamped ? word : `word${word}`}${stamp} `)
    }
    yield blockStop(0)
    yield* messageEnd({ usage: { output_tokens: options.words } })
  }
  return { steps: steps() }
}

/** An error as the vendor words it. `retryAfter` in seconds. */
export function errorScript(
  status: number,
  options: { type?: string; message?: string; retryAfter?: number } = {}
): Script {
  const type = options.type ?? ERROR_TYPES[status] ?? 'api_error'
  const message = options.message ?? `Fake ${type}`
  return {
    status,
    headers: options.retryAfter === undefined ? {} : { 'retry-after': `${options.retryAfter}` },
    body: { type: 'error', error: { type, message }, request_id: 'req_fake' },
  }
}

export function contextTooLongScript(): Script {
  return errorScript(400, { message: 'prompt is too long: 1200000 tokens > 1000000 maximum' })
}

/** A message whose bytes arrive one by one, each in a piece of its own: characters are torn apart. */
export function tornScript(options: MessageOptions): Script {
  const bytes = Buffer.from(messageSteps(options).map(frame).join(''), 'utf8')
  return { steps: [...bytes].map((byte) => ({ raw: Uint8Array.of(byte) })) }
}

export function gate(): { promise: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { promise, open: resolve }
}

const ERROR_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
}

function refusalOf(
  method: string | undefined,
  url: string | undefined,
  headers: IncomingHttpHeaders,
  text: string
): Script | null {
  if (method !== 'POST' || url?.split('?')[0] !== '/v1/messages') return errorScript(404)
  if (!headers['x-api-key'] && !headers.authorization) {
    return errorScript(401, { message: 'Authentication header is required' })
  }
  if (!headers['anthropic-version'])
    return errorScript(400, { message: 'anthropic-version: missing' })
  const problem = problemWith(text)
  return problem ? errorScript(400, { message: problem }) : null
}

function problemWith(text: string): string | null {
  try {
    const body: Partial<RequestBody> = JSON.parse(text)
    if (!body.model) return 'model: Field required'
    if (!body.max_tokens) return 'max_tokens: Field required'
    if (body.messages?.at(0)?.role !== 'user')
      return 'messages: first message must be from the user'
    if (body.messages.some(({ content }) => !content)) return 'messages: content must be non-empty'
    const sampling = ['temperature', 'top_p', 'top_k'].find((name) => name in body)
    if (sampling) return `${sampling}: Extra inputs are not permitted`
    return body.stream ? null : 'this fake only streams'
  } catch (error) {
    return `The request body is not valid JSON: ${asError(error).message}`
  }
}

function respond(response: ServerResponse, { status = 500, headers, body }: Script): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': 'req_fake',
    ...headers,
  })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function play(
  steps: Iterable<Step> | AsyncIterable<Step>,
  response: ServerResponse,
  call: FakeCall
): Promise<void> {
  for await (const step of steps) {
    if (response.destroyed) return
    if ('wait' in step) await Promise.race([step.wait, call.ended])
    else if ('delayMs' in step) await sleep(step.delayMs)
    else if ('cut' in step) return void response.destroy(new Error('cut by the script'))
    else await send(step, response, call)
  }
  response.end()
}

async function send(
  step: Extract<Step, { raw: unknown } | { event: string }>,
  response: ServerResponse,
  call: FakeCall
): Promise<void> {
  if ('event' in step) call.sentAt.push(now())
  const { promise, resolve } = Promise.withResolvers<void>()
  response.write('raw' in step ? step.raw : frame(step), () => resolve())
  await Promise.race([promise, call.ended])
}

function frame(step: Step): string {
  return 'event' in step ? `event: ${step.event}\ndata: ${JSON.stringify(step.data)}\n\n` : ''
}

function messageStart(usage: Partial<FakeUsage>): Step {
  return {
    event: 'message_start',
    data: {
      type: 'message_start',
      message: {
        id: 'msg_fake',
        type: 'message',
        role: 'assistant',
        model: 'fake',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...inputOf(usage), output_tokens: 1, output_tokens_details: null },
      },
    },
  }
}

function blockStart(index: number, block: 'text' | 'thinking'): Step {
  const content =
    block === 'text'
      ? { type: 'text', text: '', citations: null }
      : { type: 'thinking', thinking: '', signature: '' }
  const data = { type: 'content_block_start', index, content_block: content }
  return { event: 'content_block_start', data }
}

function delta(index: number, block: 'text' | 'thinking', piece: string): Step {
  const content =
    block === 'text'
      ? { type: 'text_delta', text: piece }
      : { type: 'thinking_delta', thinking: piece }
  return {
    event: 'content_block_delta',
    data: { type: 'content_block_delta', index, delta: content },
  }
}

function blockStop(index: number): Step {
  return { event: 'content_block_stop', data: { type: 'content_block_stop', index } }
}

function messageEnd({ stopReason = 'end_turn', usage = {} }: MessageOptions): Step[] {
  const data = {
    type: 'message_delta',
    delta: { stop_reason: stopReason, stop_sequence: null, stop_details: null, container: null },
    usage: {
      ...inputOf(usage),
      output_tokens: usage.output_tokens ?? 0,
      output_tokens_details: { thinking_tokens: usage.thinking_tokens ?? 0 },
    },
  }
  return [
    { event: 'message_delta', data },
    { event: 'message_stop', data: { type: 'message_stop' } },
  ]
}

function inputOf(usage: Partial<FakeUsage>) {
  return {
    input_tokens: usage.input_tokens ?? 10,
    cache_read_input_tokens: usage.cache_read_input_tokens ?? 0,
    cache_creation_input_tokens: usage.cache_creation_input_tokens ?? 0,
  }
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
