export type Difference = { lost: number; doubled: number }

/**
 * What `read` lacks of the beginning of `said` that it claims to be, and what it has too much, in UTF-16 units.
 * Words are numbered, so each can be looked for by itself.
 */
export function compare(said: string, read: string): Difference {
  if (said.startsWith(read)) return { lost: 0, doubled: 0 }
  const wanted = wordsOf(said)
  const found = wordsOf(read)
  const last = found.findLast((word) => wanted.includes(word))
  const due = wanted.slice(0, wanted.indexOf(last ?? '') + 1)

  const lost = lengthOf(due) - lengthOf(new Set(due.filter((word) => found.includes(word))))
  const doubled = lengthOf(found) - lengthOf(new Set(found.filter((word) => due.includes(word))))
  return lost + doubled === 0 ? { lost: 1, doubled: 0 } : { lost, doubled }
}

function wordsOf(text: string) {
  return text.split(/(?<=\s)(?=\d)/)
}

function lengthOf(words: Iterable<string>) {
  return [...words].reduce((sum, word) => sum + word.length, 0)
}

/** The p50 and p99 of `values`, rounded to a tenth. */
export function percentiles(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) /
    10
  return { p50: at(0.5), p99: at(0.99) }
}
