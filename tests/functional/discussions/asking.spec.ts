import { test } from '@japa/runner'
import { messageScript } from '#tests/fakes/anthropic'
import { fakeAnthropic } from '#tests/support/models'
import { Visitor } from '#tests/support/visitor'
import { until } from '#tests/support/workers'
import { makeWorkspace } from '#tests/support/workspace'
import { answerIn, everywhere, makeTable, shown, start } from './support.js'

const MODEL = { provider: 'anthropic', model: 'claude-sonnet-5-5' }
const DEMO = { provider: 'demo', model: 'demo' }

test.group('Asking', () => {
  test('a question is answered by a job and stays', async ({ assert, cleanup }) => {
    const fake = await fakeAnthropic({ cleanup })
    fake.enqueue(messageScript({ text: ['The moon ', 'pulls the **sea**.'] }))
    const { people, personas, host } = await makeWorkspace()
    const member = await Visitor.signedIn(people.member, host)

    const asked = await member.post('/discussions', {
      content: 'How do tides work?',
      personaId: personas[0].id,
      ...MODEL,
    })
    assert.equal(asked.status, 302, asked.body)

    const path = asked.location ?? ''
    const answer = await until('the answer', async () => {
      const { messages } = (await member.get(path)).page().props
      return messages[1]?.status === 'complete' && messages[1]
    })
    assert.equal(answer.content, 'The moon pulls the **sea**.')
    assert.include(answer.html, '<strong>sea</strong>')
    assert.isAbove(answer.usage.inputTokens, 0)
    assert.equal(fake.calls.length, 1)
    assert.equal(fake.calls[0].body.system, personas[0].systemPrompt)
  })

  test('a follow-up carries what was said, and may go to somebody else', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    table.fake.enqueue(
      messageScript({ text: ['Gravity.'] }),
      messageScript({ text: ['Also gravity.'] })
    )
    const { path, discussionId } = await start(table)
    await answerIn(discussionId, 'complete')
    const [, other] = table.personas
    const admin = await Visitor.signedIn(table.people.admin, table.host)

    const question = { ...table.choice, content: 'And the sun?', personaId: other.id }
    const asked = await admin.post(`${path}/messages`, question)

    assert.equal(asked.location, path)
    const messages = await until('the second answer', async () => {
      const seen = await shown(table.member, path)
      return seen[3]?.status === 'complete' && seen
    })
    assert.equal(table.fake.calls[1].body.system, other.systemPrompt)
    assert.deepEqual(table.fake.calls[1].body.messages, [
      { role: 'user', content: 'How do tides work?' },
      { role: 'assistant', content: 'Gravity.' },
      { role: 'user', content: 'And the sun?' },
    ])
    assert.equal(messages[2].author.id, table.people.admin.id)
    assert.equal(messages[3].persona.id, other.id)
  })

  test('a character that no row can hold is left out of an answer', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    table.fake.enqueue(
      messageScript({ thinking: ['\0Well.'], text: ['Zero: \0', 'and \0\0on', '.'] })
    )

    const { discussionId } = await start(table)

    const row = await answerIn(discussionId, 'complete', 'failed', 'interrupted')
    assert.equal(row.content, 'Zero: and on.')
    assert.equal(row.reasoning, 'Well.')
    assert.equal(row.status, 'complete')
  })

  test('people who ask at once are heard one after the other', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId } = await start(table, DEMO)
    const admin = await Visitor.signedIn(table.people.admin, table.host)
    const before = await versionOf(discussionId)

    const asked = await Promise.all(
      [table.member, admin, table.member, admin].map((person, turn) =>
        person.post(`${path}/messages`, {
          content: `Question ${turn}`,
          personaId: table.personas[1 + (turn % 3)].id,
          ...DEMO,
        })
      )
    )

    assert.deepEqual(
      asked.map(({ location }) => location),
      [path, path, path, path]
    )
    const roles = (await shown(table.member, path)).map(({ role }: { role: string }) => role)
    assert.deepEqual(roles, Array(5).fill(['user', 'assistant']).flat())
    assert.equal(await versionOf(discussionId), before + 4)
  })
})

async function versionOf(discussionId: string): Promise<number> {
  const row = await everywhere().from('app.discussions').where('id', discussionId).firstOrFail()
  return row.version
}
