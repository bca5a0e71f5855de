import vine, { SimpleMessagesProvider } from '@vinejs/vine'

/** Text as PostgreSQL can keep it: no NUL, no half surrogate pairs. */
const content = () =>
  vine
    .string()
    .parse((text) => (typeof text === 'string' ? text.replaceAll('\0', '').toWellFormed() : text))
    .trim()
    .minLength(1)
    .maxLength(20_000)

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

const CURSOR = /^([1-9]\d{3}-\d\d-\d\dT[\d:.]+Z)_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const cursor = vine.createRule((value, _options, field) => {
  const [, time] = CURSOR.exec(String(value)) ?? []
  if (!time || !isMoment(time))
    field.report('The list does not go on from there. Start at its top.', 'cursor', field)
})

/** As `toISOString` writes it: JavaScript also reads days that no calendar has, and PostgreSQL does not. */
function isMoment(time: string) {
  const moment = new Date(time)
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === time
}

export const messageListValidator = vine.create({ from: vine.string().uuid().optional() })

export const discussionListValidator = vine.create({
  before: vine.string().use(cursor()).optional(),
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
