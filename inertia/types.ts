import { type Data } from '@generated/data'

export type SharedProps = Data.SharedProps
export type Theme = SharedProps['theme']

/** Its moon is a phase: 0 new, 0.25 first quarter, 0.5 full. Its lane is 1 to 6. */
export type PersonaView = Data.Persona
export type ModelView = Data.Model
export type DiscussionRow = Data.DiscussionRow
export type DiscussionView = Data.Discussion
export type MessageView = Data.Message
export type MessageStatus = MessageView['status']

/** Who answers next, as a form sends it. */
export type ModelChoice = {
  personaId: string
  provider: string
  model: string
}

export type ParticipantView = {
  persona: PersonaView
  provider: string
  model: string
}

/** Of a whole discussion, whatever part of it is shown. */
export type AnswerSums = { answers: number; tokensRead: number; tokensWritten: number }

export type MailView = {
  id: string
  to: string
  subject: string
  text: string
  at: string
}
