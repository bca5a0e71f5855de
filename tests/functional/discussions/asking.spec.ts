import { test } from '@japa/runner'
import { messageScript } from '#tests/fakes/anthropic'
import { fakeAnthropic } from '#tests/support/models'
import { Visitor } from '#tests/support/visitor'
import { until } from '#tests/support/workers'
import { makeWorkspace } from '#tests/support/workspace'

const MODEL = { provider: 'anthropic', model: 'claude-sonnet-5-5' }

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
})
