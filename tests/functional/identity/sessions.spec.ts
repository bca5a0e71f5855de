import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Visitor } from '#tests/support/visitor'
import { until } from '#tests/support/workers'
import { askForLink, everywhere, makeSession, sessionsOf, standing } from './support.js'
import { makeWorkspace } from '#tests/support/workspace'

const COOKIE = 'nyx_session'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ago = (ms: number) => new Date(Date.now() - ms)

test.group('A session', () => {
  test('has a new id after sign-in, and the old one is nobody', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)
    await visitor.get(path)
    const planted = visitor.cookies.get(COOKIE) ?? ''

    await visitor.post(path)

    assert.notEqual(visitor.cookies.get(COOKIE), planted)
    const attacker = new Visitor(host)
    attacker.cookies.set(COOKIE, planted)
    assert.equal(await standing(attacker), '/sign-in')
    assert.equal(await standing(visitor), 200)
  })

  test('outlives a link that leads nowhere', async ({ assert }) => {
    const { visitor } = await makeSession()

    const reply = await visitor.post('/sign-in/links/no-such-link')

    assert.equal(reply.page().props.state, 'invalid')
    assert.equal(await standing(visitor), 200)
  })

  test('is gone after sign-out, for whoever kept its cookie', async ({ assert }) => {
    const { visitor, host, row } = await makeSession()
    const kept = new Map(visitor.cookies)

    const reply = await visitor.post('/sign-out')

    assert.equal(reply.location, '/sign-in')
    assert.equal(await standing(visitor), '/sign-in')
    const thief = new Visitor(host)
    thief.cookies = kept
    assert.equal(await standing(thief), '/sign-in')
    assert.isNotNull((await row()).revoked_at)
  })

  test('is not revived by a slow request that ends after sign-out', async ({ assert, cleanup }) => {
    const { visitor, host, personas } = await makeSession()
    const kept = new Map(visitor.cookies)
    const release = await lockPersonas(cleanup)
    const slow = visitor.post('/discussions', {
      content: 'Slowly?',
      personaId: personas[0].id,
      provider: 'demo',
      model: 'demo',
    })
    await until('the slow request to wait', somebodyWaits)

    const leaving = new Visitor(host)
    leaving.cookies = new Map(kept)
    assert.equal((await leaving.post('/sign-out')).location, '/sign-in')
    await release()
    await slow

    for (const cookies of [kept, visitor.cookies]) {
      const revived = new Visitor(host)
      revived.cookies = new Map(cookies)
      assert.equal(await standing(revived), '/sign-in')
    }
  })

  test('ends after 14 idle days', async ({ assert }) => {
    const { visitor, change, row } = await makeSession()

    await change({ last_seen_at: ago(14 * DAY - MINUTE) })
    assert.equal(await standing(visitor), 200)
    assert.isAbove((await row()).last_seen_at.getTime(), Date.now() - MINUTE)

    await change({ last_seen_at: ago(14 * DAY + MINUTE) })
    assert.equal(await standing(visitor), '/sign-in')
  })

  test('ends after 30 days however busy it is', async ({ assert }) => {
    const { visitor, change, row } = await makeSession()
    const { absolute_expires_at: end, created_at: start } = await row()
    assert.closeTo(end.getTime() - start.getTime(), 30 * DAY, 61 * MINUTE)

    await change({ absolute_expires_at: ago(1000) })

    assert.equal(await standing(visitor), '/sign-in')
  })

  test('of a guest is kept for a day, of a member for 14', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const before = Date.now()
    const { visitor, path } = await askForLink(people.member.email, host)

    const guest = await lastStored()
    await visitor.post(path)
    const member = await lastStored()

    assert.closeTo((guest.expires_at.getTime() - before) / DAY, 1, 0.1)
    assert.closeTo((member.expires_at.getTime() - before) / DAY, 14, 0.1)
  })

  test('that ended is swept away a few at a time, so that nobody waits for it', async ({
    assert,
  }) => {
    const { people, host } = await makeWorkspace()
    const left = Array.from({ length: 1200 }, (_, n) => `${host} ${n}`)
    await everywhere()
      .table('app.sessions')
      .multiInsert(left.map((id) => ({ id, data: '{}', expires_at: ago(MINUTE) })))

    await Visitor.signedIn(people.member, host)

    const [{ count }] = await everywhere()
      .from('app.sessions')
      .whereIn('id', left)
      .where('expires_at', '<', new Date())
      .count('* as count')
    await everywhere().from('app.sessions').whereIn('id', left).delete()
    assert.isAtLeast(Number(count), 200)
    assert.isBelow(Number(count), 1200)
  })

  test('is marked as seen at most once a minute', async ({ assert }) => {
    const { visitor, change, row } = await makeSession()
    const recently = ago(MINUTE - 10_000)
    await change({ last_seen_at: recently })

    await visitor.get('/discussions')
    assert.deepEqual((await row()).last_seen_at, recently)

    await change({ last_seen_at: ago(MINUTE + 1000) })
    await visitor.get('/discussions')
    const seen = (await row()).last_seen_at
    assert.isAbove(seen.getTime(), recently.getTime())
    await visitor.get('/discussions')
    assert.deepEqual((await row()).last_seen_at, seen)
  })

  test('belongs to the host it was opened on', async ({ assert }) => {
    const here = await makeSession()
    const there = await makeWorkspace()
    for (const host of [there.host, 'localhost']) {
      const visitor = new Visitor(host)
      visitor.cookies = new Map(here.visitor.cookies)
      assert.equal(await standing(visitor), '/sign-in')
    }
    assert.equal(await standing(here.visitor), 200)
  })

  test('travels in a cookie that scripts and other sites do not get', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)

    const { headers } = await visitor.post(path)

    const cookie = headers['set-cookie']?.find((line) => line.startsWith(`${COOKIE}=`)) ?? ''
    const flags = cookie
      .split('; ')
      .slice(1)
      .map((flag) => flag.toLowerCase())
    assert.includeMembers(flags, ['httponly', 'samesite=lax', 'path=/'])
    assert.isUndefined(flags.find((flag) => flag.startsWith('domain')))
  })

  test('with a forged or broken cookie is nobody', async ({ assert }) => {
    const { visitor, host } = await makeSession()
    const cookie = decodeURIComponent(visitor.cookies.get(COOKIE) ?? '')
    const middle = Math.floor(cookie.length / 2)
    const flipped = cookie[middle] === 'A' ? 'B' : 'A'
    const forgeries = [
      cookie.slice(0, middle) + flipped + cookie.slice(middle + 1),
      cookie.slice(0, -2),
      'x',
      's:eyJtZXNzYWdlIjoiMSJ9.AAAA',
    ]

    for (const forgery of forgeries) {
      const forger = new Visitor(host)
      forger.cookies.set(COOKIE, encodeURIComponent(forgery))
      assert.equal(await standing(forger), '/sign-in', forgery.slice(0, 20))
    }
  })

  test('does not end by a request that another site makes', async ({ assert }) => {
    const { visitor } = await makeSession()
    await visitor.request('POST', '/sign-out', '')
    assert.equal(await standing(visitor), 200)
  })
})

test.group('After sign-in', () => {
  test('people come to the page they wanted', async ({ assert }) => {
    const { people, host } = await makeWorkspace()
    const { visitor, path } = await askForLink(people.member.email, host)
    assert.equal(
      await visitor.get('/discussions/new?from=mail').then((reply) => reply.location),
      '/sign-in'
    )

    const reply = await visitor.post(path)

    assert.equal(reply.headers.location, '/discussions/new?from=mail')
  })

  test('nobody is sent to another site', async ({ assert }) => {
    const hostile = [
      '//evil.example/discussions',
      '//discussions/new',
      '/\\evil.example',
      '/discussions/..//evil.example',
      'http://evil.example/discussions',
      '/discussions?next=//evil.example',
    ]
    for (const target of hostile) {
      const { people, host } = await makeWorkspace()
      const { visitor, path } = await askForLink(people.member.email, host)
      await visitor.get(target)

      const { headers } = await visitor.post(path)

      const landing = new URL(headers.location ?? '', `http://${host}`)
      assert.equal(landing.host, host, target)
      assert.lengthOf(await sessionsOf(people.member.id), 1)
    }
  })
})

/** The data of the session that wrote last. */
async function lastStored() {
  return everywhere().from('app.sessions').orderBy('updated_at', 'desc').firstOrFail()
}

/** Makes whoever reads personas wait until the returned function is called. */
async function lockPersonas(cleanup: (fn: () => Promise<void>) => void) {
  const trx = await db.connection('migrate').transaction()
  cleanup(async () => {
    if (!trx.isCompleted) await trx.rollback()
  })
  await trx.rawQuery('lock table app.personas in access exclusive mode')
  return () => trx.rollback()
}

async function somebodyWaits() {
  const { rows } = await db
    .connection('admin')
    .rawQuery(`select 1 from pg_locks where not granted and relation = 'app.personas'::regclass`)
  return rows.length > 0
}
