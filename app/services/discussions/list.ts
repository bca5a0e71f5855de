import Discussion from '#models/discussion'
import { UNFINISHED } from '#models/message'
import { currentScope } from '#services/tenancy/index'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** One line of the list, as a plain row: lists are read far too often to be made of models. */
export type DiscussionRow = {
  id: string
  title: string
  visibility: 'workspace' | 'private'
  version: number
  ownerId: string
  /** Null when the owner has left the workspace. */
  ownerName: string | null
  lastMessageAt: Date
  messageCount: number
  snippet: string
  live: boolean
  /** How the last answer went wrong, if it did and nobody has asked again. */
  trouble: 'failed' | 'interrupted' | null
  personas: { id: string; name: string; tagline: string; moon: number; lane: number }[]
}

const PAGE = 50
const SNIPPET_LENGTH = 200

/**
 * The discussions one may see, the last active first, a page at a time.
 *
 * @param before where the page before ended, as its `nextCursor` said
 */
export async function listDiscussions(
  before?: string
): Promise<{ rows: DiscussionRow[]; nextCursor: string | null }> {
  const { trx, userId } = currentScope('The list of discussions')
  const query = Discussion.query()
    .withScopes((scopes) => scopes.visibleTo(userId ?? ''))
    .leftJoin('users as u', 'u.id', 'discussions.owner_id')
    .orderBy([
      { column: 'discussions.last_message_at', order: 'desc' },
      { column: 'discussions.id', order: 'desc' },
    ])
    .limit(PAGE + 1)
    .select('discussions.id', 'title', 'visibility', 'version', 'owner_id as ownerId')
    .select('u.name as ownerName', 'last_message_at as lastMessageAt')

  if (before) {
    const [time, id] = before.split('_')
    void query.where((older) =>
      older
        .where('discussions.last_message_at', '<', time)
        .orWhere((same) =>
          same.where('discussions.last_message_at', time).where('discussions.id', '<', id)
        )
    )
  }

  const found = await query.pojo<FoundRow>()
  const page = found.slice(0, PAGE)
  const last = page.at(-1)
  return {
    rows: await describe(trx, page),
    nextCursor:
      found.length > PAGE && last ? `${last.lastMessageAt.toISOString()}_${last.id}` : null,
  }
}

type FoundRow = Omit<DiscussionRow, 'messageCount' | 'snippet' | 'live' | 'trouble' | 'personas'>

/** Adds counts, last words and personas to a page of discussions, with one query each. */
async function describe(
  trx: TransactionClientContract,
  page: FoundRow[]
): Promise<DiscussionRow[]> {
  if (page.length === 0) return []
  const ids = page.map(({ id }) => id)
  const counts: { discussion_id: string; count: string }[] = await trx
    .from('app.messages')
    .whereIn('discussion_id', ids)
    .groupBy('discussion_id')
    .select('discussion_id')
    .count('* as count')
  const unfinished: { discussion_id: string }[] = await trx
    .from('app.messages')
    .whereIn('discussion_id', ids)
    .whereIn('status', UNFINISHED)
    .select('discussion_id')
  const lastMessages: { discussion_id: string; status: string }[] = await trx
    .from('app.messages')
    .whereIn('discussion_id', ids)
    .distinctOn('discussion_id')
    .orderBy([{ column: 'discussion_id' }, { column: 'id', order: 'desc' }])
    .select('discussion_id', 'status')
  const lastWords: { discussion_id: string; content: string }[] = await trx
    .from('app.messages')
    .whereIn('discussion_id', ids)
    .whereNot('content', '')
    .distinctOn('discussion_id')
    .orderBy([{ column: 'discussion_id' }, { column: 'id', order: 'desc' }])
    .select('discussion_id', 'content')
  const seats: (DiscussionRow['personas'][number] & { discussion_id: string })[] = await trx
    .from('app.participants as s')
    .join('app.personas as p', 'p.id', 's.persona_id')
    .whereIn('s.discussion_id', ids)
    .orderBy('s.position')
    .select('s.discussion_id', 'p.id', 'p.name', 'p.tagline', 'p.moon', 'p.lane')

  return page.map((row) => {
    const count = counts.find((one) => one.discussion_id === row.id)
    const here = seats.filter((seat) => seat.discussion_id === row.id)
    return {
      ...row,
      messageCount: Number(count?.count ?? 0),
      trouble: troubleOf(lastMessages.find((one) => one.discussion_id === row.id)?.status),
      live: unfinished.some((one) => one.discussion_id === row.id),
      snippet: snippetOf(lastWords.find((one) => one.discussion_id === row.id)?.content ?? ''),
      personas: [...new Map(here.map((seat) => [seat.id, seat])).values()],
    }
  })
}

function troubleOf(status: string | undefined) {
  return status === 'failed' || status === 'interrupted' ? status : null
}

/** Markdown's marks say nothing in one line of a list. */
function snippetOf(markdown: string) {
  return markdown
    .slice(0, SNIPPET_LENGTH * 2)
    .replaceAll(/```[^\n]*\n?|[#*_`>|]+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, SNIPPET_LENGTH)
}
