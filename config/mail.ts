import env from '#start/env'
import nyx from '#config/nyx'
import { configProvider } from '@adonisjs/core'
import { defineConfig, transports } from '@adonisjs/mail'
import type { InferMailers } from '@adonisjs/mail/types'

const smtpHost = env.get('SMTP_HOST')
const username = env.get('SMTP_USERNAME')

/** With SMTP_HOST, mail goes out. Without it, in demo and development, it is kept for /dev/mailbox. */
const mailConfig = defineConfig({
  default: smtpHost || !nyx.developer ? 'smtp' : 'mailbox',
  from: { address: env.get('MAIL_FROM', `nyxcore@${nyx.appUrl.hostname}`), name: 'nyxCore' },
  mailers: {
    smtp: transports.smtp({
      host: smtpHost ?? 'localhost',
      port: env.get('SMTP_PORT', 587),
      auth: username
        ? { type: 'login', user: username, pass: env.get('SMTP_PASSWORD')?.release() ?? '' }
        : undefined,
    }),
    mailbox: configProvider.create(async () => {
      const { MailboxTransport } = await import('#services/mailbox/index')
      return () => new MailboxTransport(`${nyx.dataDir}/mailbox`)
    }),
  },
})

export default mailConfig

declare module '@adonisjs/mail/types' {
  export interface MailersList extends InferMailers<typeof mailConfig> {}
}
