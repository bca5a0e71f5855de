import nyx from '#config/nyx'
import db from '@adonisjs/lucid/services/db'
import { readMailbox } from '#services/mailbox/index'
import { until } from '#tests/support/workers'
import { Visitor } from '#tests/support/visitor'
import { makeWorkspace } from '#tests/support/workspace'

const FOLDER = `${nyx.dataDir}/mailbox`

/** The platform's connection, which sees all tenants. */
export function everywhere() {
  return db.connection('admin')
}

/** A browser on `host` that has asked for a link, and the link out of the mail. */
export async function askForLink(email: string, host: string) {
  const visitor = new Visitor(host)
  const reply = await visitor.post('/sign-in', { email })
  const mail = await until('the mail', async () => (await mailsTo(email))[0])
  const url = new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? '')
  return { visitor, reply, mail, url, path: url.pathname }
}

export async function mailsTo(email: string) {
  return (await readMailbox(FOLDER)).filter(({ to }) => to === email)
}

/** The one row behind a link that was asked for. */
export async function linkRow(email: string) {
  return everywhere().from('app.login_tokens').where('email', email).firstOrFail()
}

export async function sessionsOf(userId: string) {
  return everywhere().from('app.user_sessions').where('user_id', userId).orderBy('created_at')
}

/** A member's browser, signed in on the workspace's own host, and the row of its session. */
export async function makeSession() {
  const workspace = await makeWorkspace()
  const user = workspace.people.member
  const visitor = await Visitor.signedIn(user, workspace.host)
  return {
    ...workspace,
    user,
    visitor,
    change: (values: Record<string, unknown>) =>
      everywhere().from('app.user_sessions').where('user_id', user.id).update(values),
    row: async () => (await sessionsOf(user.id))[0],
  }
}

/** Where the list of discussions leads this browser: nowhere else when it is signed in. */
export async function standing(visitor: Visitor) {
  const reply = await visitor.get('/discussions')
  return reply.location ?? reply.status
}
