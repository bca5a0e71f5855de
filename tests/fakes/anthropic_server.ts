import { startFakeAnthropic, wordScript } from '#tests/fakes/anthropic'

/**
 * The fake as a process of its own: prints its URL on the first line and serves until SIGTERM.
 * FAKE_PORT (0: any), FAKE_WORDS (200), FAKE_DELAY_MS before each word (20), FAKE_STAMPED=1 for words
 * that carry the moment they were sent.
 */
const fake = await startFakeAnthropic(Number(process.env.FAKE_PORT ?? 0))
fake.defaultScript = () =>
  wordScript({
    words: Number(process.env.FAKE_WORDS ?? 200),
    delayMs: Number(process.env.FAKE_DELAY_MS ?? 20),
    stamped: process.env.FAKE_STAMPED === '1',
  })
process.stdout.write(`${fake.url}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void fake.close().then(() => process.exit(0)))
}
