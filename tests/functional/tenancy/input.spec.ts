import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Visitor, type Reply } from '#tests/support/visitor'
import { makeWorkspace } from '#tests/support/workspace'

const DEMO = { provider: 'demo', model: 'demo' }

/** Each is put in the place of every field of the form, one after the other. */
const WRONG_VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '9'.repeat(400),
  [],
  {},
  ['a', ['b']],
  { $ne: '' },
  { toString: 'no function', valueOf: null },
  '',
  '\0',
  '\ud800',
  "'; drop table app.discussions; --",
  '%00',
  '../../etc/passwd',
  'x'.repeat(30_000),
]

const BAD_IDS = [
  'x',
  '0',
  '-1',
  'null',
  '%00',
  '%ff',
  '%',
  '..%2f..%2fetc%2fpasswd',
  '%F0%9F%A6%8A',
  "'%20or%201=1--",
  '00000000-0000-0000-0000-00000000000g',
  '0190a0a0a0a0-7000-8000-000000000001',
  '------------------------------------',
  'a'.repeat(3000),
]

const BAD_BODIES: { what: string; body: string | Buffer; type?: string; status?: number }[] = [
  { what: 'cut JSON', body: '{"content":"a' },
  { what: 'no JSON at all', body: 'content=a' },
  { what: 'a JSON string', body: '"content"' },
  { what: 'a JSON null', body: 'null' },
  { what: 'a JSON list', body: '[1,2,3]' },
  { what: 'an empty body', body: '' },
  { what: 'invalid UTF-8', body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  { what: '__proto__', body: '{"__proto__":{"role":"owner"},"content":"a"}' },
  {
    what: 'constructor.prototype',
    body: '{"constructor":{"prototype":{"role":"owner"}},"content":"a"}',
  },
  { what: '100,000 brackets', body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
  { what: '50,000 levels', body: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}` },
  {
    what: '10,000 fields',
    body: JSON.stringify(Object.fromEntries(range(10_000).map((n) => [`f${n}`, n]))),
  },
  {
    what: 'a deep form',
    body: `content${'[a]'.repeat(2_000)}=1`,
    type: 'application/x-www-form-urlencoded',
  },
  {
    what: 'a form of garbage',
    body: '%ff=%&&==&__proto__[a]=1',
    type: 'application/x-www-form-urlencoded',
  },
  { what: 'a multipart without its boundary', body: 'a', type: 'multipart/form-data' },
  { what: 'a cut multipart', body: '--x\r\nContent-Disp', type: 'multipart/form-data; boundary=x' },
  { what: 'an unknown type', body: '<a/>', type: 'application/xml' },
  { what: 'an unknown charset', body: '{}', type: 'application/json; charset=klingon' },
  { what: '1.2 MB of JSON', body: JSON.stringify({ content: 'x'.repeat(1_200_000) }), status: 413 },
  { what: '10 MB of JSON', body: JSON.stringify({ content: 'x'.repeat(10_000_000) }), status: 413 },
  {
    what: '2 MB of form',
    body: `content=${'x'.repeat(2_000_000)}`,
    type: 'application/x-www-form-urlencoded',
    status: 413,
  },
]

const BAD_QUERIES = [
  'before=x',
  'before[]=a&before[]=b',
  'before[a][b][c]=1',
  'before=2026-99-99T99:99:99Z_00000000-0000-0000-0000-000000000000',
  'before=2026-01-01T00:00:00Z_------------------------------------',
  'before=0000-00-00T00Z_00000000-0000-0000-0000-000000000000',
  'before=2026-02-30T00:00:00.000Z_00000000-0000-0000-0000-000000000000',
  'before=%00',
  'before=%ff',
]

test.group('Input | what no browser sends', (group) => {
  let visitor: Visitor
  let question: Record<string, unknown>

  group.setup(async () => {
    const { people, personas, host } = await makeWorkspace()
    visitor = await Visitor.signedIn(people.member, host)
    question = {
      content: 'How do tides work?',
      personaId: personas[0].id,
      visibility: 'workspace',
      ...DEMO,
    }
  })

  group.each.teardown(async () => {
    const { status } = await visitor.get('/health')
    if (status !== 200) throw new Error(`/health answers ${status}.`)
  })

  test('wrong values in {$self} are refused')
    .with(['content', 'personaId', 'provider', 'model', 'visibility'])
    .run(async ({ assert }, field) => {
      for (const value of WRONG_VALUES) {
        const reply = await visitor.post('/discussions', { ...question, [field]: value }, JSON_ONLY)
        const isOptional = field === 'visibility' && (value === null || value === '')
        if (isOptional || isText(field, value)) assert.equal(reply.status, 302, show(field, value))
        else assertRefused(assert, reply, show(field, value))
      }
    })

  test('fields that are nobody else to set change nothing', async ({ assert }) => {
    const reply = await visitor.post('/discussions', {
      ...question,
      id: randomUUID(),
      tenantId: randomUUID(),
      tenant_id: randomUUID(),
      ownerId: randomUUID(),
      role: 'owner',
      createdAt: '1970-01-01',
      title: 'Mine',
    })

    const { discussion, user } = (await visitor.get(reply.location ?? '')).page().props as Props
    assert.equal(discussion.title, 'How do tides work?')
    assert.equal(discussion.owner.id, user.id)
  })

  test('{what}: refused')
    .with(BAD_BODIES)
    .run(async ({ assert }, { what, body, type, status }) => {
      const reply = await send(visitor, '/discussions', body, type)

      assertRefused(assert, reply, what)
      if (status) assert.equal(reply.status, status)
      assert.isUndefined(Reflect.get({}, 'role'))
    })

  test('ids that are none are not found', async ({ assert }) => {
    const { location } = await visitor.post('/discussions', question)
    for (const id of BAD_IDS) {
      const replies = [
        await visitor.get(`/discussions/${id}`),
        await visitor.post(`/discussions/${id}/messages`, question, JSON_ONLY),
        await visitor.post(`/discussions/${id}/messages/${randomUUID()}/attempts`, {}, JSON_ONLY),
        await visitor.post(`${location}/messages/${id}/attempts`, {}, JSON_ONLY),
        await visitor.post(`${location}/messages/${id}/cancellation`, {}, JSON_ONLY),
      ]
      for (const reply of replies) assertRefused(assert, reply, id)
    }
  })

  test('queries that make no sense are refused', async ({ assert }) => {
    for (const query of BAD_QUERIES) {
      const reply = await visitor.get(`/discussions?${query}`, JSON_ONLY)
      assertRefused(assert, reply, query)
    }
  })

  test('paths that cannot be decoded are not found', async ({ assert }) => {
    for (const path of [
      '/%',
      '/%ff',
      '/%00',
      '//',
      '/\\..\\',
      '/discussions/%E0%A4%A',
      `/${'a'.repeat(8000)}`,
    ]) {
      assertRefused(assert, await visitor.get(path), path)
    }
  })

  test('an address with half a character is no address', async ({ assert }) => {
    const reply = await visitor.post('/sign-in', { email: 'a\ud800@b.example' }, JSON_ONLY)

    assertRefused(assert, reply, 'half a character')
  })

  test('compressed bodies are refused before they are unpacked', async ({ assert }) => {
    const body = gzipSync(JSON.stringify(question))
    for (const encoding of ['gzip', 'GZIP', 'br', 'deflate', 'gzip, br', 'x']) {
      const reply = await visitor.request('POST', '/discussions', body, {
        ...JSON_ONLY,
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      })
      assert.equal(reply.status, 415, encoding)
    }
  })

  test('a token that cannot be decoded is refused', async ({ assert }) => {
    for (const token of ['%', '%ff', 'e:%00%ff']) {
      const headers = { 'x-xsrf-token': token }
      assertRefused(assert, await visitor.post('/discussions', question, { headers }), token)
    }
  })

  test('what a refused form held is not kept', async ({ assert }) => {
    const junk = 'x'.repeat(100_000)
    const unsigned = { headers: { 'x-xsrf-token': '' } }
    for (const [body, options] of [
      [{ ...question, content: junk }, {}],
      [{ ...question, junk }, unsigned],
    ] as const) {
      const reply = await visitor.post('/discussions', body, options)

      assert.equal(reply.location, '/')
      const { data } = await everywhere()
        .from('app.sessions')
        .orderBy('updated_at', 'desc')
        .firstOrFail()
      assert.include(data, '__flash__')
      assert.isBelow(data.length, 2000)
    }
  })

  test('cookies of garbage are those of nobody', async ({ assert }) => {
    for (const cookie of [
      'nyx_session=x',
      'nyx_session=s%3A%ff',
      'nyx_session=',
      '=;;=',
      `nyx_session=${'a'.repeat(6000)}`,
    ]) {
      const reply = await new Visitor(visitor.host).get('/discussions', { headers: { cookie } })
      assert.equal(reply.location, '/sign-in', cookie)
    }
  })

  test('text of any script is kept as it was written', async ({ assert }) => {
    const content = 'Ω 🦊 ẛ̣ \u202egnp.exe \u0000\ud83d end'
    const reply = await visitor.post('/discussions', { ...question, content })

    const { messages } = (await visitor.get(reply.location ?? '')).page().props as Props
    assert.equal(messages[0].content, content.replace('\u0000', '').toWellFormed())
  })
})

/** The platform's connection, which sees all tenants. */
const everywhere = () => db.connection('admin')

type Props = {
  discussion: { title: string; owner: { id: string } }
  user: { id: string }
  messages: { content: string }[]
}

const JSON_ONLY = { accept: 'application/json' }

function assertRefused(assert: { fail: (why: string) => void }, reply: Reply, what: string) {
  if (reply.status < 400 || reply.status >= 500)
    assert.fail(`${what}: ${reply.status} ${reply.body.slice(0, 300)}`)
}

/** Values that are words to ask with, odd as they are. */
function isText(field: string, value: unknown) {
  const isEmpty = value === '' || value === '\0'
  return field === 'content' && typeof value === 'string' && !isEmpty && value.length <= 20_000
}

function show(field: string, value: unknown) {
  return `${field}: ${JSON.stringify(value).slice(0, 60)}`
}

function send(visitor: Visitor, path: string, body: string | Buffer, type = 'application/json') {
  return visitor.request('POST', path, body, {
    ...JSON_ONLY,
    headers: {
      'content-type': type,
      'x-xsrf-token': decodeURIComponent(visitor.cookies.get('XSRF-TOKEN') ?? ''),
    },
  })
}

function range(count: number) {
  return Array.from({ length: count }, (_, index) => index)
}
