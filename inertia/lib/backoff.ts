const FIRST_MS = 500
const CAP_MS = 15_000

/** How long to wait before try number `failures` + 1: doubling, capped, with half of it left to chance. */
export function backoffMs(failures: number, random: () => number) {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** failures)
  return ceiling / 2 + (random() * ceiling) / 2
}
