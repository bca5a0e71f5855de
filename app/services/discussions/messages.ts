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
  leftOut: number
}

const PAGE = 50
const MOST = 500

/**
 * The end of a discussion, oldest first: its last 50 messages, or those from the message `from` on, at most 500.
 * `earlier` is the `from` that shows 50 more, null when nothing is further up, or (`beyond`) more than a page holds. HTML of an older renderer is made
 * anew for the reader.
 */
export async function readMessages(
  discussion: Discussion,
  from?: string
): Promise<{ rows: MessageRow[]; earlier: string | null; beyond: boolean }> {
  const newestFirst: MessageRow[] = await currentScope('Messages')
    .trx.from('app.messages as m')
    .leftJoin('app.users as u', 'u.id', 'm.author_id')
    .leftJoin('app.personas as p', 'p.id', 'm.persona_id')
    .leftJoin('app.usage_records as c', (on) =>
      on.on('c.message_id', 'm.id').andOn('c.attempt', 'm.attempt')
    )
    .where('m.discussion_id', discussion.id)
    .if(from, (query) => query.where('m.id', '>=', from ?? ''))
    .orderBy('m.id', 'desc')
    .limit(from ? MOST : PAGE)
    .select('m.id', 'm.role', 'm.status', 'm.attempt', 'm.version', 'm.content', 'm.reasoning')
    .select('m.html', 'm.html_version as htmlVersion', 'm.provider', 'm.model')
    .select('m.error_code as errorCode', 'm.error_message as errorMessage')
    .select('m.finish_reason as finishReason', 'm.created_at as createdAt')
    .select('m.started_at as startedAt', 'm.first_token_at as firstTokenAt')
    .select('m.finished_at as finishedAt', 'm.author_id as authorId', 'u.name as authorName')
    .select('p.id as personaId', 'p.name as personaName', 'p.tagline', 'p.moon', 'p.lane')
    .select('c.input_fresh_tokens as inputFresh', 'c.input_cache_read_tokens as inputCacheRead')
    .select('c.input_cache_write_tokens as inputCacheWrite', 'c.output_tokens as outputTokens')
    .select('c.cost_nanos as costNanos', 'c.estimated', 'm.left_out as leftOut')

  const rows = newestFirst
    .reverse()
    .map((row) =>
      row.html !== null && row.htmlVersion !== RENDERER_VERSION
        ? { ...row, html: render(row.content), htmlVersion: RENDERER_VERSION }
        : row
    )
  const before = await pageBefore(discussion, rows[0]?.id)
  const full = rows.length >= MOST
  return { rows, earlier: full ? null : before, beyond: full && before !== null }
}

/** The message that begins the page before this one. */
async function pageBefore(discussion: Discussion, id: string | undefined): Promise<string | null> {
  if (!id) return null
  const older: { id: string }[] = await currentScope('Messages')
    .trx.from('app.messages')
    .where('discussion_id', discussion.id)
    .where('id', '<', id)
    .orderBy('id', 'desc')
    .limit(PAGE)
    .select('id')
  return older.at(-1)?.id ?? null
}

/** Answers so far and the tokens that their last attempts took, of the whole discussion. */
export async function sumAnswers(
  discussion: Discussion
): Promise<{ answers: number; tokensRead: number; tokensWritten: number }> {
  const { trx } = currentScope('Sums')
  const [{ answers }] = await trx
    .from('app.messages')
    .where({ discussion_id: discussion.id, role: 'assistant' })
    .count('* as answers')
  const [sums] = await trx
    .from('app.usage_records as c')
    .join('app.messages as m', (on) =>
      on.on('m.id', 'c.message_id').andOn('m.attempt', 'c.attempt')
    )
    .where('m.discussion_id', discussion.id)
    .sum('c.input_fresh_tokens as fresh')
    .sum('c.input_cache_read_tokens as cacheRead')
    .sum('c.input_cache_write_tokens as cacheWrite')
    .sum('c.output_tokens as written')
  return {
    answers: Number(answers),
    tokensRead: Number(sums.fresh) + Number(sums.cacheRead) + Number(sums.cacheWrite),
    tokensWritten: Number(sums.written),
  }
}
