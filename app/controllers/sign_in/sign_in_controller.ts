import nyx from '#config/nyx'
import type { HttpContext } from '@adonisjs/core/http'
import { LINK_MINUTES, newSecret, requestLink } from '#services/identity/index'
import { signInValidator } from '#validators/sign_in'

const BROWSER_COOKIE = nyx.https ? '__Host-nyx_browser' : 'nyx_browser'

export default class SignInController {
  async create({ identity, inertia, response, requestedHost, membership }: HttpContext) {
    if (identity && membership) return response.redirect().toRoute('home')
    inertia.clearHistory()
    return inertia.render('auth/sign_in', { host: requestedHost.host, email: null, mailboxUrl })
  }

  async store({ request, response, requestedHost, session, tenant }: HttpContext) {
    const { email } = await request.validateUsing(signInValidator)
    const browserSecret = request.cookie(BROWSER_COOKIE) ?? newSecret()
    await requestLink({
      email,
      host: requestedHost.host,
      tenantId: requestedHost.isApex ? null : (tenant?.id ?? null),
      browserSecret,
      ip: request.ip(),
    })
    response.cookie(BROWSER_COOKIE, browserSecret, { maxAge: '1d' })
    session.put('sign_in_email', email)
    return response.redirect().toRoute('sign_in.sent')
  }

  async sent({ inertia, session }: HttpContext) {
    return inertia.render('auth/check_mail', {
      email: String(session.get('sign_in_email', '')),
      minutes: LINK_MINUTES,
      mailboxUrl,
    })
  }
}

const mailboxUrl = nyx.developer ? '/dev/mailbox' : null

/** The secret that ties a link to the browser it was asked from. */
export function browserSecretOf({ request }: HttpContext): string | null {
  return request.cookie(BROWSER_COOKIE) ?? null
}
