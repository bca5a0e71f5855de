import vine, { SimpleMessagesProvider } from '@vinejs/vine'

export const signInValidator = vine.create({
  email: vine
    .string()
    .parse((text) => (typeof text === 'string' ? text.toWellFormed() : text))
    .trim()
    .maxLength(254)
    .email(),
})

export const linkUseValidator = vine.create({
  anyBrowser: vine.boolean().optional(),
})

signInValidator.messagesProvider = new SimpleMessagesProvider({
  required: 'Type the address of your account.',
  email: 'That is no e-mail address. Try "name@company.example".',
  maxLength: 'An e-mail address has at most 254 characters.',
})
