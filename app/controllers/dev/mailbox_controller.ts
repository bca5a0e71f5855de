import nyx from '#config/nyx'
import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { findMail, readMailbox, type KeptMail } from '#services/mailbox/index'

const folder = `${nyx.dataDir}/mailbox`

/** The mail that demo and development keep instead of sending. */
export default class MailboxController {
  async index({ inertia, request }: HttpContext) {
    const mails = await readMailbox(folder)
    const asked = request.input('mail')
    const selected = mails.find((mail) => mail.id === asked) ?? mails[0] ?? null
    return inertia.render('dev/mailbox', {
      mails: mails.map(withoutHtml),
      selected: selected && withoutHtml(selected),
    })
  }

  /** The HTML part alone, for a frame in which nothing may run and nothing is loaded. */
  async show({ params, request, response }: HttpContext) {
    const mail = await findMail(folder, String(params.id))
    if (!mail) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    response.header(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups`
    )
    response.removeHeader('X-Frame-Options')
    return response.type('html').send(mail.html)
  }
}

function withoutHtml({ id, to, subject, text, at }: KeptMail) {
  return { id, to, subject, text, at }
}
