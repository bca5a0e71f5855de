import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { hashSecret, issueLink } from '#services/identity/index'
import { originOf } from '#services/tenancy/index'
import { Visitor } from '#tests/support/visitor'
import { until } from '#tests/support/workers'
import { makeWorkspace } from '#tests/support/workspace'
import { askForLink, everywhere, linkRow, mailsTo, sessionsOf, standing } from './support.js'

const inAMoment = () => new Date(Date.now() + 1000)

test.group('A sign-in link', () => {
  test('comes by mail, as HTML and as text, and leads to the host it was asked on', async ({
    assert,
  }) => {
    const { people, host, tenant } = await makeWorkspace()

    const { mail, url, reply } = await askForLink(people.member.email, host)

    assert.equal(reply.location, '/sign-in/sent')
    assert.equal(url.origin, originOf(host))
    assert.include(mail.html, url.href)
    assert.include(mail.subject, tenant.name)
    assert.lengthOf(await mailsTo(people.member.email), 1)
  })

  test('leads to the apex when it was asked there, whatever the address is written like', async ({
    assert,
  }) => {
    const { people } = await makeWorkspace()
    const visitor = new Visitor('localhost')

    await visitor.post('/sign-in', { email: ` ${people.member.email.toUpperCase()} ` })

    const mail = await until('the mail', async () => (await mailsTo(people.member.email))[0])
    assert.include(mail.text, originOf('localhost') + '/')
  })

  test('is stored as a hash alone, for ten minutes', async ({ assert }) => {
    const { people, host } = await makeWorkspace()

    const { path } = await askForLink(people.member.email, host)

    const secret = path.split('/').at(-1) ?? ''
    const row = await linkRow(people.member.email)
    assert.match(secret, /^[\w-]{43}$/)
    assert.equal(row.token_hash, hashSecret(secret))
    assert.notInclude(JSON.stringify(row), secret)
    const jobs = await everywhere()
      .from('pgboss.job')
      .whereRaw('data::text like ?', [`%${row.id}%`])
    assert.notInclude(JSON.stringify(jobs), secret)
    const minutes = (row.expires_at.getTime() - Date.now()) / 60_000
    assert.isAtMost(minutes, 10)
    assert.isAbove(minutes, 9)
  })

  test('is not used up by looking at it', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)

    for (const method of ['GET', 'HEAD', 'GET']) await visitor.request(method, path, undefined)
    assert.isNull((await linkRow(people.member.email)).consumed_at)
    assert.equal((await visitor.get(path)).page().props.state, 'ready')

    assert.equal((await visitor.post(path)).location, '/')
    assert.equal(await standing(visitor), 200)
  })

  test('opens one session when it is used twice at once, and none later', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)

    const replies = await Promise.all([visitor.post(path), visitor.post(path)])

    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 302])
    assert.equal((await new Visitor(host).post(path)).page().props.state, 'invalid')
    assert.lengthOf(await sessionsOf(people.member.id), 1)
  })

  test('is worth nothing once its time is over', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)
    const lapsed = { expires_at: new Date(Date.now() - 1000) }
    await everywhere().from('app.login_tokens').where('email', people.member.email).update(lapsed)

    const reply = await visitor.post(path)

    assert.equal(reply.page().props.state, 'invalid')
    assert.lengthOf(await sessionsOf(people.member.id), 0)
  })

  test('asks in another browser whether that is meant, and is used up only then', async ({
    assert,
  }) => {
    const { people, host } = await makeWorkspace()
    const { path } = await askForLink(people.member.email, host)
    const { visitor: other } = await askForLink(people.admin.email, host)

    for (const visitor of [new Visitor(host), other]) {
      assert.equal((await visitor.post(path)).page().props.state, 'other_browser')
      assert.equal(await standing(visitor), '/sign-in')
    }
    assert.isNull((await linkRow(people.member.email)).consumed_at)
    assert.lengthOf(await sessionsOf(people.member.id), 0)

    assert.equal((await other.post(path, { anyBrowser: true })).status, 302)
    assert.equal(await standing(other), 200)
  })

  test('works on its own host alone', async ({ assert }) => {
    const here = await makeWorkspace()
    const there = await makeWorkspace()
    const { visitor, path } = await askForLink(here.people.member.email, here.host)

    for (const host of [there.host, 'localhost']) {
      const elsewhere = new Visitor(host)
      elsewhere.cookies.set('nyx_browser', visitor.cookies.get('nyx_browser') ?? '')
      const reply = await elsewhere.post(path, { anyBrowser: true })
      assert.equal(reply.page().props.state, 'invalid')
    }

    assert.isNull((await linkRow(here.people.member.email)).consumed_at)
    assert.equal((await visitor.post(path)).status, 302)
  })

  test('signs nobody in who was disabled meanwhile', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)
    await everywhere()
      .from('app.users')
      .where('id', people.member.id)
      .update({ disabled_at: inAMoment() })

    const reply = await visitor.post(path)

    assert.equal(reply.page().props.state, 'invalid')
    assert.lengthOf(await sessionsOf(people.member.id), 0)
  })

  test('that the console prints works once, from any browser', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { pathname } = new URL((await issueLink(people.owner.email, host)) ?? '')

    assert.equal((await new Visitor(host).post(pathname)).location, '/')
    assert.equal((await new Visitor(host).post(pathname)).page().props.state, 'invalid')
    assert.isNull(await issueLink('nobody@nowhere.example', host))
  })

  test('is not to be had without the CSRF token, nor used', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ email: people.admin.email })

    await visitor.request('POST', '/sign-in', body, { headers })
    await visitor.request('POST', path, '{}', { headers })

    assert.equal(await standing(visitor), '/sign-in')
    assert.isNull((await linkRow(people.member.email)).consumed_at)
    const rows = await everywhere().from('app.login_tokens').where('email', people.admin.email)
    assert.lengthOf(rows, 0)
  })

  test('with a secret of nonsense is invalid, whatever its shape', async ({ assert }) => {
    const visitor = new Visitor((await makeWorkspace()).host)
    for (const secret of ['x', '%00', '%F0%9F%8C%99', `'; select 1`, 'a'.repeat(4000)]) {
      const reply = await visitor.post(`/sign-in/links/${encodeURIComponent(secret)}`)
      assert.oneOf(reply.status, [200, 404], secret.slice(0, 20))
    }
  })
})

test.group('Asking for a link', () => {
  test('tells nobody whether an address is known', async ({ assert, cleanup }) => {
    const { people, host } = await makeWorkspace()
    const unknown = `nobody@${people.member.email.split('@')[1]}`
    const disabled = people.viewer
    await everywhere()
      .from('app.users')
      .where('id', disabled.id)
      .update({ disabled_at: new Date() })
    const log = listen(cleanup)

    const answers = []
    for (const email of [people.admin.email, people.member.email, unknown, disabled.email]) {
      const visitor = new Visitor(host)
      await visitor.get('/sign-in')
      log.length = 0
      const { status, headers, body } = await visitor.post('/sign-in', { email })
      const statements = log.slice()
      const { component, props } = (await visitor.get('/sign-in/sent')).page()
      const told = JSON.stringify({ ...props, requestId: '', csrfToken: '' }).replaceAll(email, '')
      const names = Object.keys(headers).sort()
      answers.push({ status, body, location: headers.location, names, statements, component, told })
    }

    const [, known, ...others] = answers
    assert.isAbove(known.statements.length, 2)
    for (const other of others) assert.deepEqual(other, known)

    for (const email of [unknown, disabled.email]) {
      const { id } = await linkRow(email)
      await until('the job of the unknown address', () =>
        everywhere()
          .from('pgboss.job')
          .whereRaw(`data->>'loginTokenId' = ?`, [id])
          .where('state', 'completed')
          .first()
      )
      assert.lengthOf(await mailsTo(email), 0)
      assert.isNull((await linkRow(email)).token_hash)
    }
  })

  test('refuses what is no address, with a sentence at the field', async ({ assert }) => {
    const visitor = new Visitor((await makeWorkspace()).host)
    await visitor.post('/sign-in', { email: 'moon' }, { headers: { referer: '/sign-in' } })
    const { errors } = (await visitor.get('/sign-in')).page().props
    assert.isString(errors.email)
  })
})

/** Every statement that the app role sends from now on, in order. */
function listen(cleanup: (fn: () => void) => void): string[] {
  const log: string[] = []
  const { client } = db.connection('app').getWriteClient()
  const note = ({ sql }: { sql: string }) => void log.push(sql)
  client.on('query', note)
  cleanup(() => void client.off('query', note))
  return log
}
