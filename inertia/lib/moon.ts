const SYNODIC_DAYS = 29.530588853
/** 2000-01-06 18:14 UTC, a new moon. */
const NEW_MOON_MS = Date.UTC(2000, 0, 6, 18, 14)
const DAY_MS = 86_400_000

/** Whole days since the last new moon, 0 to 29. */
export function moonDay(atMs: number): number {
  const days = (atMs - NEW_MOON_MS) / DAY_MS
  return Math.floor(days - Math.floor(days / SYNODIC_DAYS) * SYNODIC_DAYS)
}

export function phaseOfDay(day: number): number {
  return day / SYNODIC_DAYS
}

/**
 * The lit part of a moon of radius 6 around (8, 8), as an SVG path. Phase 0 is new, 0.25 the
 * first quarter, 0.5 full. Too thin a sickle is '': its outline alone would look like a fault.
 */
export function litPath(phase: number): string {
  const turn = phase - Math.floor(phase)
  if (turn < 0.05 || turn > 0.95) return ''
  if (Math.abs(turn - 0.5) < 0.03) return 'M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z'

  const bulge = Math.abs(6 * Math.cos(2 * Math.PI * turn)).toFixed(2)
  const waxing = turn < 0.5
  const gibbous = Math.abs(turn - 0.5) < 0.25
  const edge = waxing === gibbous ? 1 : 0
  return `M8 2a6 6 0 0 ${waxing ? 1 : 0} 0 12A${bulge} 6 0 0 ${edge} 8 2Z`
}
