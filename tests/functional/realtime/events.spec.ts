import { test } from '@japa/runner'
import { v7 as uuid } from 'uuid'
import transmit from '@adonisjs/transmit/services/main'
import { broadcast, closeStreams } from '#services/realtime/index'
import {
  ask,
  everywhere,
  follow,
  makeDiscussion,
  makeMember,
  makeStage,
  signIn,
} from './support.ts'

test.group('Events | who may follow what', () => {
  test('without a session there is a sentence and no stream', async ({ assert }) => {
    const { channel } = await makeStage()

    const answer = await ask(`channels=${channel}`)

    assert.equal(answer.status, 401)
    assert.equal(answer.body.message, 'Sign in to follow live changes.')
  })

  test('a session without a membership here is refused', async ({ assert }) => {
    const here = await makeStage()
    const elsewhere = await makeStage()
    await everywhere()
      .from('app.user_sessions')
      .where('id', elsewhere.owner.sessionHash)
      .update({ active_tenant_id: here.tenantId })

    const answer = await ask(`channels=${here.channel}`, elsewhere.owner.cookie)

    assert.equal(answer.status, 403)
  })

  test('a viewer follows a discussion and the list, and hears what is broadcast', async (t) => {
    const { tenantId, channel, discussionId } = await makeStage()
    const { cookie } = await makeMember(tenantId, 'viewer')
    const list = `t/${tenantId}/discussions/${tenantId}`

    const tab = await follow(t, cookie, [channel, list])
    broadcast(tenantId, 'discussion', discussionId, { type: 'message', id: 'm', version: 2 })
    broadcast(tenantId, 'discussions', tenantId, { type: 'discussions', id: tenantId, version: 3 })
    await tab.until(({ payload }) => payload.type === 'discussions')

    t.assert.deepEqual(tab.events.slice(1), [
      { channel, payload: { type: 'message', id: 'm', version: 2 } },
      { channel: list, payload: { type: 'discussions', id: tenantId, version: 3 } },
    ])
  })

  test('two workspaces side by side hear only their own', async (t) => {
    const one = await makeStage()
    const two = await makeStage()
    const tabOne = await follow(t, one.owner.cookie, [one.channel])
    const tabTwo = await follow(t, two.owner.cookie, [two.channel])

    for (const { tenantId, discussionId } of [one, two])
      broadcast(tenantId, 'discussion', discussionId, { type: 'message', id: tenantId, version: 1 })
    await tabOne.until(({ channel }) => channel === one.channel)
    await tabTwo.until(({ channel }) => channel === two.channel)

    t.assert.isTrue(tabOne.events.every(({ channel }) => channel !== two.channel))
    t.assert.isTrue(tabTwo.events.every(({ channel }) => channel !== one.channel))
  })

  test("another workspace's record, an unknown one and an unlisted kind get the same answer", async ({
    assert,
  }) => {
    const here = await makeStage()
    const there = await makeStage()
    const names = [
      there.channel,
      `t/${here.tenantId}/discussion/${there.discussionId}`,
      `t/${there.tenantId}/discussion/${here.discussionId}`,
      `t/${there.tenantId}/discussions/${there.tenantId}`,
      `t/${here.tenantId}/discussion/${uuid()}`,
      `t/${here.tenantId}/secrets/${here.discussionId}`,
    ]

    for (const name of names) {
      const answer = await ask(`channels=${name}`, here.owner.cookie)
      assert.equal(answer.status, 404)
      assert.deepEqual(answer.body, {
        code: 'E_CHANNEL_NOT_FOUND',
        message: 'There is nothing here that you can follow.',
        channels: [name],
      })
    }
  })

  test('a private discussion is its owner’s', async (t) => {
    const { tenantId, owner } = await makeStage()
    const author = await makeMember(tenantId)
    const id = await makeDiscussion(tenantId, author.userId, 'private')
    const channel = `t/${tenantId}/discussion/${id}`

    await follow(t, author.cookie, [channel])
    const answer = await ask(`channels=${channel}`, owner.cookie)

    t.assert.equal(answer.status, 404)
  })

  test('one refused channel opens nothing, and is named', async ({ assert }) => {
    const { tenantId, channel, owner } = await makeStage()
    const unknown = `t/${tenantId}/discussion/${uuid()}`

    const answer = await ask(`channels=${channel},${unknown}`, owner.cookie)

    assert.equal(answer.status, 404)
    assert.deepEqual(answer.body.channels, [unknown])
    assert.lengthOf(transmit.getSubscribersFor(channel), 0)
  })

  test('?{$self} is answered with a sentence')
    .with([
      '',
      'channels=',
      'channels=a',
      'channels[]=a',
      'channels[__proto__]=a',
      'channels=%00',
      'channels=%zz',
      'channels=%ED%A0%80',
      `channels=t/${uuid()}/discussion/../${uuid()}`,
    ])
    .run(async ({ assert }, query) => {
      const { owner } = await makeStage()

      const answer = await ask(query, owner.cookie)

      assert.equal(answer.status, 422)
      assert.isString(answer.body.message)
    })

  test('one hundred channels fit on a stream, one more does not', async (t) => {
    const { tenantId, owner } = await makeStage()
    const channels = []
    for (let n = 0; n < 101; n++)
      channels.push(`t/${tenantId}/discussion/${await makeDiscussion(tenantId, owner.userId)}`)

    await follow(t, owner.cookie, channels.slice(0, 100))
    const answer = await ask(`channels=${channels.join(',')}`, owner.cookie)

    t.assert.equal(answer.status, 422)
    t.assert.equal(answer.body.message, 'One stream carries at most 100 channels.')
  })

  test('the uid is the server’s: one in the query is nobody’s', async (t) => {
    const { channel, owner } = await makeStage()
    await follow(t, owner.cookie, [channel])
    const [victim] = transmit.getSubscribersFor(channel)
    const thief = await makeStage()

    await follow(t, thief.owner.cookie, [thief.channel], `&uid=${victim}`)

    t.assert.deepEqual(transmit.getSubscribersFor(channel), [victim])
    t.assert.notInclude(transmit.getSubscribersFor(thief.channel), victim)
  })

  test('HEAD opens nothing', async ({ assert }) => {
    const { channel, owner } = await makeStage()

    const answer = await ask(`channels=${channel}`, owner.cookie, 'HEAD')

    assert.equal(answer.status, 404)
    assert.lengthOf(transmit.getSubscribersFor(channel), 0)
  })
})

test.group('Events | while a stream is open', () => {
  test('no transaction and no connection is held, however many there are', async (t) => {
    const { tenantId, channel } = await makeStage()
    for (let n = 0; n < 15; n++) {
      const { cookie } = await makeMember(tenantId)
      await follow(t, cookie, [channel])
    }

    const { rows } = await everywhere().rawQuery<{ rows: { open: number }[] }>(
      `select count(*)::int as open from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`
    )

    t.assert.lengthOf(transmit.getSubscribersFor(channel), 15)
    t.assert.equal(rows[0].open, 0)
  })

  test('the seventh stream of a person makes the first step back', async (t) => {
    const { channel, owner } = await makeStage()
    const tabs = []

    for (let n = 0; n < 7; n++) tabs.push(await follow(t, owner.cookie, [channel]))
    await tabs[0].ended

    t.assert.deepEqual(
      tabs[0].events.map(({ payload }) => payload.type),
      ['ready', 'crowded']
    )
    t.assert.lengthOf(transmit.getSubscribersFor(channel), 6)
  })

  test('after {what}, it ends within 5 s, and the next one gets {status}')
    .with([
      {
        what: 'the session is revoked',
        status: 401,
        change: (it: Watcher) =>
          everywhere()
            .from('app.user_sessions')
            .where('id', it.sessionHash)
            .update({ revoked_at: new Date() }),
      },
      {
        what: 'the person is removed',
        status: 403,
        change: (it: Watcher) =>
          everywhere().from('app.memberships').where('user_id', it.userId).delete(),
      },
      {
        what: 'the person is disabled',
        status: 401,
        change: (it: Watcher) =>
          everywhere().from('app.users').where('id', it.userId).update({ disabled_at: new Date() }),
      },
      {
        what: 'the discussion has become private',
        status: 404,
        change: (it: Watcher) =>
          everywhere()
            .from('app.discussions')
            .where('id', it.discussionId)
            .update({ visibility: 'private' }),
      },
    ])
    .run(async (t, { change, status }) => {
      const { tenantId, channel, discussionId } = await makeStage()
      const member = await makeMember(tenantId)
      const tab = await follow(t, member.cookie, [channel])

      const changedAt = Date.now()
      await change({ ...member, discussionId })
      await tab.ended
      const answer = await ask(`channels=${channel}`, member.cookie)

      t.assert.isBelow(Date.now() - changedAt, 5_000)
      t.assert.equal(tab.events.at(-1)?.payload.type, 'reconnect')
      t.assert.equal(answer.status, status)
    })

  test('signing out closes the streams of that session at once, and no others', async (t) => {
    const { channel, owner } = await makeStage()
    const second = await signIn(owner.user)
    const here = await follow(t, owner.cookie, [channel])
    await follow(t, second.cookie, [channel])

    closeStreams({ sessionHash: owner.sessionHash })
    await here.ended

    t.assert.lengthOf(transmit.getSubscribersFor(channel), 1)
  })

  test('a tab that leaves is forgotten', async (t) => {
    const { channel, owner } = await makeStage()
    const tab = await follow(t, owner.cookie, [channel])

    tab.leave()
    while (transmit.getSubscribersFor(channel).length > 0)
      await new Promise((resolve) => setImmediate(resolve))
  })
})

type Watcher = { userId: string; sessionHash: string; discussionId: string }
