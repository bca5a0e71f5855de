import { currentScope } from '#services/tenancy/index'
import type Discussion from '#models/discussion'
import { RENDERER_VERSION, render } from './render.ts'

/** A message with its author, persona and usage, as a plain row. Times are Dates, tokens numbers. */
export type MessageRow = {
  id: string
  role: 'user' | 'assistant'
  status: 'queued' | 'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'
  attempt: number
  version: number
  content: string
  reasoning: string
  html: string | null
  htmlVersion: number | null
  errorCode: string | null
  errorMessage: string | null
  finishReason: string | null
  provider: string | null
  model: string | null
  createdAt: Date
  startedAt: Date | null
  firstTokenAt: Date | null
  finishedAt: Date | null
  authorId: string | null
  authorName: string | null
  personaId: string | null
  personaName: string | null
  tagline: string | null
  moon: number | null
  lane: number | null
  inputFresh: number | null
  inputCacheRead: number | null
  inputCacheWrite: number | null
  outputTokens: number | null
  costNanos: string | null
  estimated: boolean | null
}

/** All messages of a discussion, oldest first. HTML of an older renderer is made anew for the reader. */
export async function readMessages(discussion: Discussion): Promise<MessageRow[]> {
  const rows: MessageRow[] = await currentScope('Messages')
    .trx.from('app.messages as m')
    .leftJoin('app.users as u', 'u.id', 'm.author_id')
    .leftJoin('app.personas as p', 'p.id', 'm.persona_id')
    .leftJoin('app.usage_records as c', (on) =>
      on.on('c.message_id', 'm.id').andOn('c.attempt', 'm.attempt')
    )
    .where('m.discussion_id', discussion.id)
    .orderBy('m.id')
    .select('m.id', 'm.role', 'm.status', 'm.attempt', 'm.version', 'm.content', 'm.reasoning')
    .select('m.html', 'm.html_version as htmlVersion', 'm.provider', 'm.model')
    .select('m.error_code as errorCode', 'm.error_message as errorMessage')
    .select('m.finish_reason as finishReason', 'm.created_at as createdAt')
    .select('m.started_at as startedAt', 'm.first_token_at as firstTokenAt')
    .select('m.finished_at as finishedAt', 'm.author_id as authorId', 'u.name as authorName')
    .select('p.id as personaId', 'p.name as personaName', 'p.tagline', 'p.moon', 'p.lane')
    .select('c.input_fresh_tokens as inputFresh', 'c.input_cache_read_tokens as inputCacheRead')
    .select('c.input_cache_write_tokens as inputCacheWrite', 'c.output_tokens as outputTokens')
    .select('c.cost_nanos as costNanos', 'c.estimated')

  return rows.map((row) =>
    row.html !== null && row.htmlVersion !== RENDERER_VERSION
      ? { ...row, html: render(row.content), htmlVersion: RENDERER_VERSION }
      : row
  )
}
