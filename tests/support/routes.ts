import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuid } from 'uuid'
import mail from '@adonisjs/mail/services/main'
import type { Workspace } from './workspace.ts'

/** What a request to a route is made of. Params and fields name records of one workspace. */
export type Fixture = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
}

/** Makes what a route needs, anew for each request, since some answers change it. */
type MakeFixture = (workspace: Workspace) => Promise<Fixture> | Fixture

/** For every route with a parameter or a form, by the route's name. The others need none. */
export const fixtures: Record<string, MakeFixture> = {
  'sign_in.store': ({ people }) => ({ body: { email: people.member.email } }),
  'sign_in_links.show': () => ({ params: { token: 'a-link-nobody-has' } }),
  'sign_in_links.update': () => ({ params: { token: 'a-link-nobody-has' } }),
  'discussions.store': (workspace) => ({ body: question(workspace) }),
  'discussions.show': async (workspace) => ({
    params: { id: (await failedAnswer(workspace)).discussionId },
  }),
  'discussions.messages.store': async (workspace) => ({
    params: { discussion_id: (await failedAnswer(workspace)).discussionId },
    body: question(workspace),
  }),
  'discussions.messages.cancellations.store': answerParams,
  'discussions.messages.attempts.store': answerParams,
  'events.show': async (workspace) => ({
    query: {
      channels: `t/${workspace.tenant.id}/discussion/${(await failedAnswer(workspace)).discussionId}`,
    },
  }),
  'dev.mailbox.show': async () => ({ params: { id: await keptMail() } }),
}

/** The same request with ids that nobody has. */
export function withUnknownIds({ params = {}, query = {}, body = {} }: Fixture): Fixture {
  const others = new Map<string, string>()
  const swap = (text: string) =>
    text.replaceAll(
      UUIDS,
      (id) => others.get(id) ?? (others.set(id, randomUUID()), others.get(id) ?? '')
    )
  const swapAll = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? swap(value) : value,
      ])
    ) as Record<string, Value>
  return { params: swapAll(params), query: swapAll(query), body: swapAll(body) }
}

export const UUIDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** `/discussions/:id` with its parameters and its query filled in. */
export function pathOf(pattern: string, { params = {}, query }: Fixture) {
  const path = pattern.replaceAll(/:([a-z_]+)/g, (_, name: string) => {
    if (!params[name])
      throw new Error(`${pattern} needs a fixture with ${name}, in tests/support/routes.ts.`)
    return params[name]
  })
  return query ? `${path}?${new URLSearchParams(query)}` : path
}

function question({ personas }: Workspace) {
  return {
    content: 'How do tides work?',
    personaId: personas[0].id,
    provider: 'demo',
    model: 'demo',
    visibility: 'workspace',
  }
}

async function answerParams(workspace: Workspace): Promise<Fixture> {
  const { discussionId, messageId } = await failedAnswer(workspace)
  return { params: { discussion_id: discussionId, message_id: messageId } }
}

/** A discussion that all members see, whose one answer has failed and may be retried. */
async function failedAnswer({ tenant, people, personas }: Workspace) {
  const admin = db.connection('admin')
  const here = { tenant_id: tenant.id }
  const [discussionId, seatId, messageId] = [uuid(), uuid(), uuid()]
  const seat = { persona_id: personas[0].id, provider: 'demo', model: 'demo' }
  const place = { ...here, discussion_id: discussionId }
  await admin
    .table('app.discussions')
    .insert({ ...here, id: discussionId, owner_id: people.owner.id, title: 'Tides' })
  await admin.table('app.participants').insert({ ...place, id: seatId, ...seat })
  await admin.table('app.messages').insert({
    ...place,
    id: messageId,
    ...seat,
    role: 'assistant',
    participant_id: seatId,
    asked_by_id: people.owner.id,
    status: 'failed',
    error_code: 'network',
  })
  return { discussionId, messageId }
}

async function keptMail(): Promise<string> {
  const { messageId } = await mail.send((message) => {
    message.to('somebody@example.com').subject('Kept').html('<p>Kept</p>')
  })
  return messageId
}
