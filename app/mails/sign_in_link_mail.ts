import { BaseMail } from '@adonisjs/mail'

type Letter = {
  email: string
  name: string
  workspace: string | null
  url: string
  minutes: number
}

export default class SignInLinkMail extends BaseMail {
  constructor(private letter: Letter) {
    super()
  }

  prepare() {
    const { email, url, minutes, name } = this.letter
    const place = this.letter.workspace ?? 'nyxCore'
    this.message
      .to(email, name)
      .subject(`Sign in to ${place}`)
      .htmlView('mails/sign_in_link', { url, minutes, name, place })
      .text(
        [
          `Hello ${name},`,
          `this link signs you in to ${place}. It works once, for ${minutes} minutes:`,
          url,
          'If you did not ask for it, there is nothing to do: without the link nobody gets in.',
        ].join('\n\n')
      )
  }
}
