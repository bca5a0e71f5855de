import db from '@adonisjs/lucid/services/db'
import { fakeAnthropic } from '#tests/support/models'
import { until } from '#tests/support/workers'
import { Visitor } from '#tests/support/visitor'
import { makeWorkspace } from '#tests/support/workspace'

export const MODEL = { provider: 'anthropic', model: 'claude-sonnet-5-5' }
export const json = { accept: 'application/json' }

type Context = { cleanup: (fn: () => Promise<void>) => void }

/** The platform's connection, which sees all tenants. */
export function everywhere() {
  return db.connection('admin')
}

/** A workspace on the fake, with a member at the keyboard. */
export async function makeTable(context: Context) {
  const fake = await fakeAnthropic(context)
  const workspace = await makeWorkspace()
  const member = await Visitor.signedIn(workspace.people.member, workspace.host)
  return { ...workspace, fake, member, choice: { ...MODEL, personaId: workspace.personas[0].id } }
}

type Table = Awaited<ReturnType<typeof makeTable>>

/** Asks a first question; answers with the discussion and its answer's row, which need not be there yet. */
export async function start({ member, choice }: Table, fields: Record<string, unknown> = {}) {
  const asked = await member.post('/discussions', {
    content: 'How do tides work?',
    ...choice,
    ...fields,
  })
  const path = asked.location ?? ''
  if (!/^\/discussions\/[0-9a-f-]{36}$/.test(path))
    throw new Error(`Asking answered ${asked.status} ${path} ${asked.body}.`)
  const discussionId = path.split('/')[2]
  const answer = await lastAnswer(discussionId)
  return { path, discussionId, messagePath: `${path}/messages/${answer.id}`, answerId: answer.id }
}

/** The row of the last answer in a discussion. */
export async function lastAnswer(discussionId: string) {
  return everywhere()
    .from('app.messages')
    .where({ discussion_id: discussionId, role: 'assistant' })
    .orderBy('id', 'desc')
    .firstOrFail()
}

/** Waits for the last answer to reach one of these states. */
export async function answerIn(discussionId: string, ...states: string[]) {
  return until(`an answer that is ${states.join(' or ')}`, async () => {
    const row = await lastAnswer(discussionId)
    return states.includes(row.status) && row
  })
}

/** Waits until this much of the answer is in the database. */
export async function storedText(discussionId: string, text: string) {
  return until(`"${text}" in the row`, async () => {
    const row = await lastAnswer(discussionId)
    return row.content === text && row
  })
}

export async function usageOf(messageId: string) {
  return everywhere().from('app.usage_records').where('message_id', messageId).orderBy('attempt')
}

/** The messages as the page shows them. */
export async function shown(visitor: Visitor, path: string) {
  return (await visitor.get(path)).page().props.messages
}
