import { request as send, type IncomingMessage } from 'node:http'
import env from '#start/env'
import { issueLink } from '#services/identity/index'

export type Reply = {
  status: number
  headers: IncomingMessage['headers']
  body: string
  /** Where a redirect leads, as a path; null without one. */
  location: string | null
  json: () => any
  /** The page object of an Inertia page. */
  page: () => { component: string; props: Record<string, any>; url: string; version: string }
}

type Options = {
  headers?: Record<string, string>
  accept?: string
  /** Hangs up once the status is there: for streams that never end. */
  untilHeaders?: boolean
}

/**
 * Somebody with a browser's cookie jar and CSRF habits on one host, over real HTTP. No library: `fetch` may not
 * set Host, and hostile Host headers are half of what is tried here.
 */
export class Visitor {
  cookies = new Map<string, string>()

  constructor(
    public host: string = 'localhost',
    /** Another server's, when a test has started one of its own. */
    public port: number = env.get('PORT')
  ) {}

  /** Signs `user` in through a real link, as the person would. */
  static async signedIn(user: { email: string }, host: string = 'localhost'): Promise<Visitor> {
    const visitor = new Visitor(host)
    const link = await issueLink(user.email, host)
    if (!link) throw new Error(`Nobody has the address ${user.email}.`)
    const { pathname } = new URL(link)
    await visitor.get(pathname)
    const reply = await visitor.post(pathname)
    if (reply.status !== 302) throw new Error(`Signing in answered ${reply.status}.`)
    // Signing in begins a new session, and with it a new CSRF token.
    await visitor.get(reply.location ?? '/')
    return visitor
  }

  get(path: string, options: Options = {}) {
    return this.request('GET', path, undefined, options)
  }

  /** An Inertia form's post. A CSRF token is fetched first when there is none. */
  async post(path: string, body: Record<string, unknown> = {}, options: Options = {}) {
    if (!this.cookies.has('XSRF-TOKEN')) await this.get('/sign-in')
    return this.request('POST', path, JSON.stringify(body), {
      ...options,
      headers: {
        'content-type': 'application/json',
        'x-xsrf-token': decodeURIComponent(this.cookies.get('XSRF-TOKEN') ?? ''),
        ...options.headers,
      },
    })
  }

  /** What an Inertia visit brings: the page as JSON. */
  async visit(path: string, only?: string[]) {
    const { component, version } = (await this.get(path)).page()
    return this.get(path, {
      headers: {
        'x-inertia': 'true',
        'x-inertia-version': version,
        ...(only && {
          'x-inertia-partial-component': component,
          'x-inertia-partial-data': only.join(),
        }),
      },
    })
  }

  request(
    method: string,
    path: string,
    body: string | Buffer | undefined,
    options: Options = {}
  ): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const call = send(
      {
        method,
        path,
        host: '127.0.0.1',
        port: this.port,
        agent: false,
        headers: {
          host: `${this.host}:${this.port}`,
          accept: options.accept ?? 'text/html',
          cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...options.headers,
        },
      },
      (answer) => void this.#read(answer, options.untilHeaders).then(resolve, reject)
    )
    call.once('error', reject)
    call.end(body)
    return promise
  }

  async #read(answer: IncomingMessage, untilHeaders = false): Promise<Reply> {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const parts: Buffer[] = []
    if (untilHeaders && answer.statusCode === 200) answer.destroy()
    else for await (const part of answer) parts.push(part)
    const body = Buffer.concat(parts).toString()
    const { location } = answer.headers
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      body,
      location: location ? location.replace(/^https?:\/\/[^/]+/, '') : null,
      json: () => JSON.parse(body),
      page: () => JSON.parse(/<script[^>]*data-page[^>]*>(.*?)<\/script>/s.exec(body)?.[1] ?? body),
    }
  }
}
