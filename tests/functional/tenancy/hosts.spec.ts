import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuid } from 'uuid'
import env from '#start/env'
import Membership from '#models/membership'
import { withAdminScope } from '#services/tenancy/index'
import { Visitor } from '#tests/support/visitor'
import { makeWorkspace } from '#tests/support/workspace'

const PORT = env.get('PORT')

const NO_WORKSPACE = [
  'nobody-has-this.localhost',
  'example.com',
  'localhost.example.com',
  'xlocalhost',
  'a.b.localhost',
  '-.localhost',
  '_.localhost',
  'münchen.localhost',
  'xn--mnchen-3ya.localhost',
  '%6c%6f%63%61%6c%68%6f%73%74',
  'localhost/../evil',
  'localhost@evil.example',
  'localhost, evil.example',
  "localhost' or 1=1 --",
  '..localhost',
  'localhost..',
  '[::1]',
  '2130706433',
  '10.0.0.1',
  `${'a'.repeat(64)}.localhost`,
  'a'.repeat(4000),
  ' ',
  ':',
]

test.group('Hosts | which workspace a Host header names', () => {
  test('its own, however the name is written', async ({ assert }) => {
    const { host, tenant, people } = await makeWorkspace()
    const member = await Visitor.signedIn(people.member, host)

    for (const spelling of [
      host,
      host.toUpperCase(),
      `${host}.`,
      `${host}:1`,
      `${host.toUpperCase()}.:${PORT}`,
    ]) {
      const reply = await member.get('/discussions', { headers: { host: spelling } })
      assert.equal(reply.status, 200, spelling)
      assert.equal(reply.page().props.workspace.id, tenant.id, spelling)
    }
  })

  test('none, and so nothing is there', async ({ assert }) => {
    for (const host of NO_WORKSPACE) {
      const reply = await new Visitor().get('/sign-in', {
        headers: { host: Buffer.from(host).toString('latin1') },
      })
      assert.equal(reply.status, 404, host)
    }
  })

  test('no header of a proxy speaks for the host', async ({ assert }) => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()]
    const member = await Visitor.signedIn(here.people.member, here.host)

    const reply = await member.get('/discussions', {
      headers: {
        'x-forwarded-host': there.host,
        'x-host': there.host,
        'x-original-host': there.host,
        'forwarded': `host=${there.host}`,
      },
    })
    const unknown = await member.get('/sign-in', {
      headers: { 'host': 'example.com', 'x-forwarded-host': here.host },
    })

    assert.equal(reply.page().props.workspace.id, here.tenant.id)
    assert.equal(unknown.status, 404)
  })

  test('two Host headers are refused', async ({ assert }) => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()]

    for (const pair of [
      [here.host, there.host],
      [here.host, 'example.com'],
      ['example.com', here.host],
    ]) {
      const answer = await raw(
        `GET /sign-in HTTP/1.1\r\n${pair.map((name) => `Host: ${name}\r\n`).join('')}`
      )
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, pair.join())
    }
  })

  test('no Host header is refused', async ({ assert }) => {
    assert.match(await raw('GET /sign-in HTTP/1.1\r\n'), /^HTTP\/1\.1 4\d\d /)
    assert.match(await raw('GET /sign-in HTTP/1.0\r\n'), /^HTTP\/1\.1 4\d\d /)
  })

  test('an address in the request line does not speak for the host', async ({ assert }) => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()]

    const known = await raw(
      `GET http://${there.host}:${PORT}/sign-in HTTP/1.1\r\nHost: ${here.host}\r\n`
    )
    const unknown = await raw(
      `GET http://${here.host}:${PORT}/sign-in HTTP/1.1\r\nHost: example.com\r\n`
    )

    assert.match(known, /^HTTP\/1\.1 404 /)
    assert.notInclude(known, there.tenant.name)
    assert.match(unknown, /^HTTP\/1\.1 404 /)
  })

  test('/health answers on any', async ({ assert }) => {
    for (const host of [
      'localhost',
      'example.com',
      'nobody-has-this.localhost',
      '10.0.0.1',
      '%%',
    ]) {
      const reply = await new Visitor().get('/health', { headers: { host } })
      assert.equal(reply.status, 200, host)
    }
  })
})

test.group('Hosts | custom domains', () => {
  test('a verified domain leads to its workspace, until it is removed', async ({ assert }) => {
    const { tenant, people } = await makeWorkspace()
    const host = await addDomain(tenant.id, new Date())
    const member = await Visitor.signedIn(people.member, host)

    assert.equal((await member.get('/discussions')).page().props.workspace.id, tenant.id)

    await db.connection('admin').from('app.custom_domains').where('host', host).delete()
    assert.equal((await member.get('/discussions')).status, 404)
  })

  test('an unverified domain leads nowhere', async ({ assert }) => {
    const { tenant } = await makeWorkspace()
    const host = await addDomain(tenant.id, null)

    assert.equal((await new Visitor(host).get('/sign-in')).status, 404)
  })

  test('a domain cannot take the name of a host below ours', async ({ assert }) => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()]
    await addDomain(there.tenant.id, new Date(), here.host)
    const member = await Visitor.signedIn(here.people.member, here.host)

    assert.equal((await member.get('/discussions')).page().props.workspace.id, here.tenant.id)
  })
})

test.group('Hosts | whose session', () => {
  test('the session of one host is none on another', async ({ assert }) => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()]
    await join(there.tenant.id, here.people.owner.id)
    const person = await Visitor.signedIn(here.people.owner, here.host)

    for (const host of [there.host, 'localhost', '127.0.0.1']) {
      const elsewhere = new Visitor(host)
      elsewhere.cookies = new Map(person.cookies)
      const reply = await elsewhere.get('/discussions')
      assert.deepEqual([reply.status, reply.location], [302, '/sign-in'], host)
    }
    assert.equal((await person.get('/discussions')).status, 200)
  })

  test("a workspace's host wins over the workspace of the session", async ({ assert }) => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()]
    await join(there.tenant.id, here.people.owner.id)
    const person = await Visitor.signedIn(here.people.owner, there.host)
    await activate(here.people.owner.id, there.host, here.tenant.id)

    const reply = await person.get('/discussions')

    assert.equal(reply.page().props.workspace.id, there.tenant.id)
    assert.equal(reply.page().props.role, 'viewer')
  })

  test('on the apex it is the workspace of the session, with the role one has there', async ({
    assert,
  }) => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()]
    await join(there.tenant.id, here.people.owner.id)
    const person = await Visitor.signedIn(here.people.owner)

    for (const [tenant, role] of [
      [there.tenant, 'viewer'],
      [here.tenant, 'owner'],
    ] as const) {
      await activate(here.people.owner.id, 'localhost', tenant.id)
      const { props } = (await person.get('/discussions')).page()
      assert.deepEqual([props.workspace.id, props.role], [tenant.id, role])
    }
  })

  test('on the apex a workspace that one has left is closed at the next request', async ({
    assert,
  }) => {
    const { people } = await makeWorkspace()
    const person = await Visitor.signedIn(people.member)
    await db.connection('admin').from('app.memberships').where('user_id', people.member.id).delete()

    const reply = await person.get('/discussions', { accept: 'application/json' })

    assert.equal(reply.status, 403)
    assert.equal(reply.json().errors[0].code, 'E_NO_WORKSPACE')
  })
})

/** Sends the lines of a request as they are, which no client would, and answers what comes back. */
async function raw(lines: string): Promise<string> {
  const socket = connect(Number(PORT), '127.0.0.1')
  socket.write(`${lines}Connection: close\r\n\r\n`)
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function addDomain(tenantId: string, verifiedAt: Date | null, host?: string) {
  const name = host ?? `chat-${randomBytes(6).toString('hex')}.example.com`
  const row = { id: uuid(), tenant_id: tenantId, host: name, verified_at: verifiedAt }
  await db.connection('admin').table('app.custom_domains').insert(row)
  return name
}

async function join(tenantId: string, userId: string) {
  await withAdminScope('test member', () => Membership.create({ tenantId, userId, role: 'viewer' }))
}

async function activate(userId: string, host: string, tenantId: string) {
  const sessions = db.connection('admin').from('app.user_sessions').where({ user_id: userId, host })
  await sessions.update({ active_tenant_id: tenantId })
}
