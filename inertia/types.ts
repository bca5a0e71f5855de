export type Theme = 'light' | 'dark' | 'system'

export interface SharedProps {
  user: { id: string; name: string; email: string } | null
  workspace: { id: string; name: string; slug: string } | null
  role: string | null
  theme: Theme
  flash: { success?: string; error?: string }
  errors: Record<string, string>
  can: { createDiscussion: boolean }
  demo: boolean
  requestId: string
  [key: string]: unknown
}

export interface PersonaView {
  id: string
  name: string
  tagline: string
  /** Phase: 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter. */
  moon: number
  /** 1 to 6. */
  lane: number
}

export interface ModelView {
  provider: string
  providerLabel: string
  id: string
  label: string
  available: boolean
  note: string | null
}

export interface ModelChoice {
  personaId: string
  provider: string
  model: string
}

export interface DiscussionRow {
  id: string
  title: string
  visibility: 'workspace' | 'private'
  owner: { id: string; name: string }
  personas: PersonaView[]
  snippet: string
  messageCount: number
  live: boolean
  updatedAt: string
  version: number
}

export interface DiscussionView {
  id: string
  title: string
  visibility: 'workspace' | 'private'
  owner: { id: string; name: string }
  version: number
  updatedAt: string
  can: { write: boolean }
  channel: string
}

export interface ParticipantView {
  persona: PersonaView
  provider: string
  model: string
  modelLabel: string
}

export type MessageStatus =
  'queued' | 'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'

export interface MessageView {
  id: string
  role: 'user' | 'assistant'
  author: { id: string; name: string } | null
  persona: PersonaView | null
  provider: string | null
  model: string | null
  modelLabel: string | null
  status: MessageStatus
  attempt: number
  content: string
  reasoning: string
  html: string | null
  error: { code: string; message: string; retryable: boolean } | null
  usage: {
    inputTokens: number
    outputTokens: number
    estimated: boolean
    costNanos: number | null
  } | null
  durationMs: number | null
  firstTokenMs: number | null
  finishReason: string | null
  createdAt: string
  version: number
  can: { retry: boolean; stop: boolean }
}

export interface MailView {
  id: string
  to: string
  subject: string
  text: string
  at: string
}
