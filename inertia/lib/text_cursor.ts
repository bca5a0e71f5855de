/** A piece of a growing text: `offset` counts UTF-16 units from the start of the attempt. */
export type TextDelta = { attempt: number; offset: number; text: string }

/** What is known of one text. `ahead` are pieces that came before the text in front of them. */
export type TextCursor = { attempt: number; text: string; ahead: readonly TextDelta[] }

/** `gap`: something is missing, read a snapshot. `stale`: it said nothing new. */
export type CursorStatus = 'ok' | 'gap' | 'stale'

export type CursorStep = { cursor: TextCursor; status: CursorStatus }

export function startCursor(attempt = 0, text = ''): TextCursor {
  return { attempt, text, ahead: [] }
}

/** Adds one piece. What overlaps is trimmed, what belongs to an older attempt is dropped. */
export function applyDelta(cursor: TextCursor, delta: TextDelta): CursorStep {
  if (delta.attempt < cursor.attempt || isKnown(cursor, delta)) return { cursor, status: 'stale' }
  return absorb({ ...cursor, ahead: [...cursor.ahead, delta] })
}

/**
 * Takes over what the server has stored. While an attempt is running the row trails the events by up to half a
 * second, so a shorter snapshot of the same attempt takes nothing back.
 */
export function applySnapshot(cursor: TextCursor, attempt: number, text: string): CursorStep {
  if (attempt < cursor.attempt) return { cursor, status: 'stale' }
  if (attempt === cursor.attempt && text.length <= cursor.text.length)
    return { cursor, status: cursor.ahead.length > 0 ? 'gap' : 'stale' }
  return absorb({ attempt, text, ahead: cursor.ahead })
}

/** Joins on every piece that fits, keeps those that may fit later. */
function absorb(cursor: TextCursor): CursorStep {
  const { attempt } = cursor
  let { text } = cursor
  const ahead: TextDelta[] = []

  for (const delta of [...cursor.ahead].sort(inOrder)) {
    if (delta.attempt < attempt || isKnown({ attempt, text }, delta)) continue
    if (delta.attempt > attempt || delta.offset > text.length) ahead.push(delta)
    else text += delta.text.slice(text.length - delta.offset)
  }

  return { cursor: { attempt, text, ahead }, status: ahead.length > 0 ? 'gap' : 'ok' }
}

function isKnown(cursor: Pick<TextCursor, 'attempt' | 'text'>, delta: TextDelta) {
  return delta.attempt === cursor.attempt && delta.offset + delta.text.length <= cursor.text.length
}

function inOrder(a: TextDelta, b: TextDelta) {
  return a.attempt - b.attempt || a.offset - b.offset
}
