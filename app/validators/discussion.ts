import vine, { SimpleMessagesProvider } from '@vinejs/vine'

/** Text as PostgreSQL can keep it: no NUL, no half surrogate pairs. */
const content = () =>
  vine
    .string()
    .trim()
    .minLength(1)
    .maxLength(20_000)
    .transform((text) => text.replaceAll('\0', '').toWellFormed())

const choice = {
  personaId: vine.string().uuid(),
  provider: vine.string().maxLength(60),
  model: vine.string().maxLength(120),
}

export const startDiscussionValidator = vine.create({
  content: content(),
  ...choice,
  visibility: vine.enum(['workspace', 'private'] as const).optional(),
})

export const askValidator = vine.create({ content: content(), ...choice })

export const discussionListValidator = vine.create({
  before: vine
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z_[0-9a-f-]{36}$/)
    .optional(),
})

const messages = new SimpleMessagesProvider({
  'content.required': 'Write a question first.',
  'content.minLength': 'Write a question first.',
  'content.maxLength': 'A message has at most 20,000 characters. Shorten it, or ask in two parts.',
  'personaId.required': 'Choose who answers.',
  'personaId.uuid': 'Choose who answers.',
  'provider.required': 'Choose a model.',
  'model.required': 'Choose a model.',
})
startDiscussionValidator.messagesProvider = messages
askValidator.messagesProvider = messages
