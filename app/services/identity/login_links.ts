import db from '@adonisjs/lucid/services/db'
import mail from '@adonisjs/mail/services/main'
import { v7 as uuid } from 'uuid'
import SignInLinkMail from '#mails/sign_in_link_mail'
import { enqueue } from '#services/queue/index'
import { consumeLoginToken, currentScope, originOf, withAdminScope } from '#services/tenancy/index'
import { sendSignInLinkJob } from './jobs.ts'
import { hashSecret, newSecret } from './tokens.ts'

/** How long a link works, in minutes. */
export const LINK_MINUTES = 10

export type LinkRequest = {
  email: string
  /** The resolved host the person is on; the link leads back to it. */
  host: string
  tenantId: string | null
  browserSecret: string
  ip: string
}

export type LinkOutcome = {
  outcome: 'ready' | 'signed_in' | 'other_browser' | 'invalid'
  userId: string | null
  tenantId: string | null
}

/**
 * Notes that somebody wants a link. Known and unknown addresses run the same statements here; whether anything is
 * sent is decided in the job.
 */
export async function requestLink(asked: LinkRequest): Promise<void> {
  const id = uuid()
  await db.connection('app').transaction(async (trx) => {
    await trx.table('app.login_tokens').insert({
      id,
      email: asked.email.toLowerCase(),
      host: asked.host,
      tenant_id: asked.tenantId,
      browser_hash: hashSecret(asked.browserSecret),
      ip: asked.ip,
      expires_at: minutesFromNow(LINK_MINUTES),
    })
    await enqueue(sendSignInLinkJob, { tenantId: null, actorId: null, loginTokenId: id }, { trx })
  })
}

/**
 * The job's part: gives the request a secret if its address is somebody's, and mails the link. Every try makes a
 * new secret, since the old one was never kept. An unknown address ends here without a sound.
 */
export async function sendLink(loginTokenId: string): Promise<void> {
  const secret = newSecret()
  const letter = await withAdminScope('sign-in link', () => addressLink(loginTokenId, secret))
  if (!letter) return

  await mail.send(
    new SignInLinkMail({ ...letter, url: linkUrl(letter.host, secret), minutes: LINK_MINUTES })
  )
}

/** A link for the operator's console, bound to no browser. Null when nobody has this address. */
export async function issueLink(email: string, host: string): Promise<string | null> {
  const secret = newSecret()
  return withAdminScope('printed sign-in link', async () => {
    const { trx } = currentScope()
    const user = await trx.from('app.users').where('email', email.toLowerCase()).first()
    if (!user) return null
    await trx.table('app.login_tokens').insert({
      id: uuid(),
      email: user.email,
      user_id: user.id,
      host,
      token_hash: hashSecret(secret),
      expires_at: minutesFromNow(LINK_MINUTES),
    })
    return linkUrl(host, secret)
  })
}

/**
 * Uses a link up, once, and opens the session `sessionHash` for its owner. From another browser than the one that
 * asked, nothing is used up until `anyBrowser` says that the person means it.
 */
export async function consumeLink(use: {
  secret: string
  host: string
  browserSecret: string | null
  anyBrowser: boolean
  /** Null: nothing is used up, and the outcome says what would come of it. */
  sessionHash: string | null
  ip: string
  userAgent: string
}): Promise<LinkOutcome> {
  const { outcome, user_id, tenant_id } = await consumeLoginToken({
    tokenHash: hashSecret(use.secret),
    host: use.host,
    browserHash: use.browserSecret ? hashSecret(use.browserSecret) : null,
    anyBrowser: use.anyBrowser,
    sessionHash: use.sessionHash,
    ip: use.ip,
    userAgent: use.userAgent,
  })
  return { outcome, userId: user_id, tenantId: tenant_id }
}

/** Gives an open request its owner and its secret. Null when nobody has the address, or it has lapsed. */
async function addressLink(loginTokenId: string, secret: string) {
  const { trx } = currentScope()
  const letter = await trx
    .from('app.login_tokens as t')
    .join('app.users as u', 'u.email', 't.email')
    .leftJoin('app.tenants as n', 'n.id', 't.tenant_id')
    .where('t.id', loginTokenId)
    .whereNull('u.disabled_at')
    .whereNull('t.consumed_at')
    .where('t.expires_at', '>', new Date())
    .select('t.email', 't.host', 'u.id as user_id', 'u.name', 'n.name as workspace')
    .first()
  if (!letter) return null

  await trx
    .from('app.login_tokens')
    .where('id', loginTokenId)
    .update({
      user_id: letter.user_id,
      token_hash: hashSecret(secret),
      expires_at: minutesFromNow(LINK_MINUTES),
    })
  return letter as { email: string; host: string; name: string; workspace: string | null }
}

function linkUrl(host: string, secret: string) {
  return `${originOf(host)}/sign-in/links/${secret}`
}

function minutesFromNow(minutes: number) {
  return new Date(Date.now() + minutes * 60_000)
}
