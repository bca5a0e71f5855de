import { readLine } from '#inertia/lib/event_line'
import { until } from '#tests/support/until'
import { ask } from './ask.ts'
import { percentiles } from './compare.ts'
import type { Team } from './people.ts'
import type { Provider } from './processes.ts'
import { now, stampsOf, type AnswerScript } from './script.ts'
import { Tab } from './tab.ts'

/** All in ms: to the first event; to each event from the oldest and from the newest word in it. */
export type Delays = { first: number[]; oldest: number[]; newest: number[] }

type Follow = (script: AnswerScript, onDelta: (text: string, at: number) => void) => Promise<void>

const WORDS = 100
const WORD_MS = 20

/** `lanes` answers at a time, `rounds` times; nobody reloads. */
export async function measure(name: string, lanes: Follow[], rounds: number): Promise<Delays> {
  const delays: Delays = { first: [], oldest: [], newest: [] }
  await Promise.all(
    lanes.map(async (follow, lane) => {
      for (let round = 0; round < rounds; round++) {
        const script = { id: `${name}-${lane}-${round}`, words: WORDS, delayMs: WORD_MS }
        await follow(script, recorder(delays))
      }
    })
  )
  return delays
}

/** From the fake through queue, worker, coalescer and stream to a tab. */
export function throughApp(team: Team, provider: Provider): Follow {
  return async (script, onDelta) => {
    const path = await ask(team, script)
    const tab = new Tab(team.reader, path, { onDelta })
    await tab.open()
    await until('the stream', () => tab.ready && tab.status === 'streaming')
    provider.go(script.id)
    await until('the answer', () => tab.status === 'complete', 60_000)
    tab.close()
  }
}

/** From the fake through the relay to the same client. */
export function throughRelay(relay: string, provider: Provider): Follow {
  return async (script, onDelta) => {
    const question = encodeURIComponent(JSON.stringify(script))
    await readLine(fetch, `${relay}/?channels=${question}`, new AbortController().signal, {
      onBytes: () => {},
      onEvent({ payload }: { payload: { type: string; text?: string } }) {
        if (payload.type === 'ready') provider.go(script.id)
        else onDelta(payload.text ?? '', now())
      },
    })
  }
}

export function figures({ first, oldest, newest }: Delays) {
  return {
    first_event_ms: percentiles(first),
    event_ms: percentiles(oldest),
    event_newest_word_ms: percentiles(newest),
    answers: first.length,
    events: oldest.length,
  }
}

function recorder(delays: Delays) {
  let isFirst = true
  return (text: string, at: number) => {
    const stamps = stampsOf(text)
    if (stamps.length === 0) return
    if (isFirst) delays.first.push(at - stamps[0])
    else {
      delays.oldest.push(at - stamps[0])
      delays.newest.push(at - stamps[stamps.length - 1])
    }
    isFirst = false
  }
}
