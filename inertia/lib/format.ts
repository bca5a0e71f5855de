/** The interface speaks one English, so that server and browser write the same text. */
const LANGUAGE = 'en-GB'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const WEEK_MS = 7 * 24 * HOUR_MS

export function pageTitle(title: string): string {
  return title ? `${title} · nyxCore` : 'nyxCore'
}

/** "14 s ago" up to an hour, then "Fri 14:22", then "20 Nov, 11:32", in the reader's zone. */
export function timeAgo(iso: string, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - Date.parse(iso))
  if (ageMs < MINUTE_MS) return `${Math.floor(ageMs / 1000)} s ago`
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min ago`

  const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(
    LANGUAGE,
    ageMs < WEEK_MS ? { weekday: 'short' } : { day: 'numeric', month: 'short' }
  )
  const date = new Date(iso)
  return ageMs < WEEK_MS
    ? `${day.format(date)} ${clock.format(date)}`
    : `${day.format(date)}, ${clock.format(date)}`
}

/** "20 Nov, 11:32" in UTC: what a server can say without knowing the reader's clock. */
export function utcStamp(iso: string): string {
  return new Intl.DateTimeFormat(LANGUAGE, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(new Date(iso))
}

export function fullStamp(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(LANGUAGE, {
    dateStyle: 'full',
    timeStyle: 'long',
    timeZone,
  }).format(new Date(iso))
}

export function seconds(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const whole = Math.round(ms / 1000)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

export function count(value: number): string {
  return new Intl.NumberFormat(LANGUAGE).format(value)
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** Money of one call, to four places. An unknown price says so instead of showing zero. */
export function cost(nanos: number | null): string {
  return nanos === null ? 'cost unknown' : `$${(nanos / 1e9).toFixed(4)}`
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0][0], words[words.length - 1][0]] : [name.trim()[0]]
  return letters.join('').toUpperCase()
}
