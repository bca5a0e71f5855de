/** Waits until `look` finds something, looking every 25 ms. Fails with `what` after `patienceMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  patienceMs = 10_000
): Promise<T> {
  const giveUpAt = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > giveUpAt) throw new Error(`Waited ${patienceMs} ms in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
