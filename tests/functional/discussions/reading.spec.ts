import { test } from '@japa/runner'
import { v7 as uuid } from 'uuid'
import { messageScript } from '#tests/fakes/anthropic'
import { Visitor } from '#tests/support/visitor'
import { makeWorkspace } from '#tests/support/workspace'
import { answerIn, everywhere, json, makeTable, shown, start } from './support.js'

test.group('Discussions: who sees what', () => {
  test('a discussion of the workspace is there for every member', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId } = await start(table)
    await answerIn(discussionId, 'complete')

    for (const role of ['owner', 'admin', 'viewer'] as const) {
      const visitor = await Visitor.signedIn(table.people[role], table.host)
      const { discussions } = (await visitor.get('/discussions')).page().props
      assert.deepEqual(
        discussions.map((row: { id: string }) => row.id),
        [discussionId]
      )
      assert.equal((await shown(visitor, path))[0].content, 'How do tides work?')
    }
  })

  test('a private one is there for its owner alone', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId, messagePath } = await start(table, { visibility: 'private' })
    await answerIn(discussionId, 'complete')
    const channel = `t/${table.tenant.id}/discussion/${discussionId}`

    for (const role of ['owner', 'admin', 'viewer'] as const) {
      const visitor = await Visitor.signedIn(table.people[role], table.host)
      assert.deepEqual((await visitor.get('/discussions')).page().props.discussions, [])
      assert.equal((await visitor.get(path)).status, 404)
      assert.equal((await visitor.get(`/events?channels=${channel}`, json)).status, 404)
      if (role === 'viewer') continue
      for (const url of [
        `${path}/messages`,
        `${messagePath}/attempts`,
        `${messagePath}/cancellation`,
      ]) {
        const reply = await visitor.post(url, { content: 'Me too', ...table.choice }, json)
        assert.equal(reply.status, 404, url)
      }
    }
    assert.lengthOf(await shown(table.member, path), 2)
    assert.lengthOf((await table.member.get('/discussions')).page().props.discussions, 1)
  })

  test('a viewer reads and cannot ask, stop or retry', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId, messagePath } = await start(table)
    await answerIn(discussionId, 'complete')
    const viewer = await Visitor.signedIn(table.people.viewer, table.host)
    const question = { content: 'May I?', ...table.choice }

    for (const url of [
      '/discussions',
      `${path}/messages`,
      `${messagePath}/attempts`,
      `${messagePath}/cancellation`,
    ]) {
      assert.equal((await viewer.post(url, question, json)).status, 403, url)
    }

    const { messages, discussion } = (await viewer.get(path)).page().props
    assert.isFalse(discussion.can.write)
    assert.deepEqual(messages[1].can, { stop: false, retry: false })
    assert.equal(table.fake.calls.length, 1)
  })

  test('another workspace has nothing of it, and lends it nobody', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId } = await start(table)
    await answerIn(discussionId, 'complete')
    const elsewhere = await makeWorkspace()
    const stranger = await Visitor.signedIn(elsewhere.people.owner, elsewhere.host)

    const unknown = await stranger.get(`/discussions/${uuid()}`, json)
    const foreign = await stranger.get(path, json)
    assert.equal(foreign.status, 404)
    assert.equal(foreign.body, unknown.body)

    const foreignPersona = { ...table.choice, personaId: elsewhere.personas[0].id }
    const unknownPersona = { ...table.choice, personaId: uuid() }
    for (const choice of [foreignPersona, unknownPersona]) {
      for (const url of ['/discussions', `${path}/messages`]) {
        const reply = await table.member.post(url, { content: 'Who?', ...choice }, json)
        assert.equal(reply.status, 404, url)
      }
    }
    assert.lengthOf(await shown(table.member, path), 2)
    assert.lengthOf((await table.member.get('/discussions')).page().props.discussions, 1)
  })
})

test.group('Discussions: whose owner left', () => {
  test('stay with the workspace', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId } = await start(table)
    await answerIn(discussionId, 'complete')
    const owner = await Visitor.signedIn(table.people.owner, table.host)

    await everywhere().from('app.memberships').where('user_id', table.people.member.id).delete()

    const { discussions } = (await owner.get('/discussions')).page().props
    assert.deepEqual(
      discussions.map((row: { owner: { name: string } }) => row.owner.name),
      ['Former member']
    )
    const [question, answer] = await shown(owner, path)
    assert.equal(question.author.name, 'Former member')
    assert.equal(answer.status, 'complete')
  })
})

test.group('Discussions: what is shown', () => {
  test('the title is the first line of the question, cut at a word', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const line =
      'Why does the moon pull the sea on the far side of the earth as well as on the near one'

    const { path, discussionId } = await start(table, { content: `\n ${line}\n\nAnd the sun?` })

    await answerIn(discussionId, 'complete')
    const { title } = (await table.member.get(path)).page().props.discussion
    assert.match(title, /…$/)
    assert.isAtMost(title.length, 81)
    assert.isTrue(line.startsWith(title.slice(0, -1)))
    assert.equal(line[title.length - 1], ' ')
  })

  test('hostile text harms neither the page nor its source', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const hostile = [
      '<script>alert(1)</script><img src=x onerror=alert(1)>',
      '[click](javascript:alert(1)) ![dot](https://evil.example/dot.png) <https://ok.example>',
      '</script><svg/onload=alert(2)> [d](data:text/html,x) {{ constructor }}',
    ].join('\n\n')
    table.fake.enqueue(messageScript({ text: [hostile] }))

    const { path, discussionId } = await start(table, { content: hostile })

    await answerIn(discussionId, 'complete')
    const page = await table.member.get(path)
    const [question, answer] = page.page().props.messages
    assert.equal(question.content, hostile)
    assertHarmless(assert, answer.html)
    // The page object is JSON inside a script element: it must not be able to close it.
    assert.equal(page.body.match(/<script\b/g)?.length, page.body.match(/<\/script>/g)?.length)
    assertHarmless(assert, page.body.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, ''))
    assert.include(page.body, '&lt;script&gt;alert(1)')
  })

  test('long Markdown arrives whole, and too much is refused at the form', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const text = Array.from({ length: 400 }, (_, n) => `## Part ${n}\n\n- **a** \`b\` 🌙\n\n`)
    table.fake.enqueue(messageScript({ text }))
    const question = '🌙'.repeat(10_000)

    const { path, discussionId } = await start(table, { content: question })

    await answerIn(discussionId, 'complete')
    const [asked, answer] = await shown(table.member, path)
    assert.equal(asked.content, question)
    assert.equal(answer.content, text.join(''))
    assert.lengthOf(answer.html.match(/<h\d>Part/g), 400)

    const tooMuch = await table.member.post(
      '/discussions',
      { content: `${question}!`, ...table.choice },
      json
    )
    assert.equal(tooMuch.status, 422)
    assert.equal(tooMuch.json().errors[0].field, 'content')
  })

  test('bad input is refused with a sentence and never with a fault', async (context) => {
    const { assert } = context
    const { member, choice } = await makeTable(context)
    const bad = [
      {},
      { content: '' },
      { content: '   ', ...choice },
      { ...choice, content: { $ne: 1 } },
      { ...choice, content: ['a'], personaId: ['b'] },
      { ...choice, content: 'x', visibility: 'everybody' },
      { ...choice, content: 'x', personaId: `${choice.personaId}' or 1=1` },
    ]
    for (const body of bad) {
      const reply = await member.post('/discussions', body, json)
      assert.equal(reply.status, 422, JSON.stringify(body))
      assert.isString(reply.json().errors[0].message)
    }
    for (const before of [
      'x',
      `2026-99-99T00:00:00Z_${choice.personaId}`,
      '2026-01-01T00:00:00Z_x',
    ]) {
      assert.equal((await member.get(`/discussions?before=${before}`, json)).status, 422, before)
    }
    const nul = await member.post('/discussions', { ...choice, content: 'a\0b\ud800' }, json)
    assert.equal(nul.status, 302)
  })

  test('a list of 120 comes in pages, each discussion once', async (context) => {
    const { assert } = context
    const { member, people, tenant } = await makeTable(context)
    // Same millisecond for many, as after an import: the place in the list must still be exact.
    const rows = Array.from({ length: 120 }, (_, n) => ({
      id: uuid(),
      tenant_id: tenant.id,
      owner_id: people.member.id,
      title: `Number ${n}`,
      last_message_at: `2026-11-01T10:00:00.00${Math.floor(n / 40)}${String(n % 7).repeat(3)}Z`,
    }))
    await everywhere().table('app.discussions').multiInsert(rows)

    const seen: string[] = []
    const sizes: number[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const url: string = cursor
        ? `/discussions?before=${encodeURIComponent(cursor)}`
        : '/discussions'
      const { discussions, nextCursor } = (await member.get(url)).page().props
      seen.push(...discussions.map((row: { id: string }) => row.id))
      sizes.push(discussions.length)
      cursor = nextCursor
    }

    const newestFirst = await everywhere()
      .from('app.discussions')
      .where('tenant_id', tenant.id)
      .orderBy([
        { column: 'last_message_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
    assert.deepEqual(sizes, [50, 50, 20])
    assert.deepEqual(
      seen,
      newestFirst.map(({ id }) => id)
    )
  })
})

type Assert = { notMatch: (text: string, pattern: RegExp) => void }

function assertHarmless(assert: Assert, html: string) {
  assert.notMatch(html, /<script|<img|<svg\/onload/i)
  assert.notMatch(html.replaceAll(/="[^"]*"/g, ''), /<[^>]+\son\w+/i)
  assert.notMatch(html, /href="(javascript|data):/i)
  assert.notMatch(html, /src="https?:/i)
}
