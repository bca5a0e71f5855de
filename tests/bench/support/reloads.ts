import { setTimeout as pause } from 'node:timers/promises'
import type { Visitor } from '#tests/support/visitor'
import { ask } from './ask.ts'
import { compare, percentiles } from './compare.ts'
import type { Team } from './people.ts'
import type { Provider } from './processes.ts'
import { now, stampsOf, type AnswerScript } from './script.ts'
import { Tab } from './tab.ts'

/** What was seen by all tabs. `catchUps` in ms, from a reload to the text that was there before it. */
export type Tally = {
  reloads: number
  /** Of these, the ones out of a stream that was ready. */
  while_live: number
  snapshots: number[]
  catchUps: number[]
  /** The longest that a tab showed less than the provider had said, in ms. */
  behind: number[]
  lost: number
  doubled: number
  steps_back: number
  readings: number
}

const SHORTEST_MS = 50
const LONGEST_MS = 3_000
const LOOK_MS = 20

export function emptyTally(): Tally {
  const counts = { reloads: 0, while_live: 0, lost: 0, doubled: 0, steps_back: 0, readings: 0 }
  return { ...counts, snapshots: [], catchUps: [], behind: [] }
}

/** Answers one after the other, each read by two people who reload all the time, until enough is enough. */
export async function readAndReload(
  team: Team,
  lane: number,
  provider: Provider,
  tally: Tally,
  enough: number
) {
  for (let round = 0; tally.reloads < enough; round++) {
    const id = `reload-${lane}-${round}`
    const script: AnswerScript = { id, words: 400, delayMs: 20, stallEvery: 90, stallMs: 2_500 }
    const path = await ask(team, script)
    provider.go(id)
    const read = (visitor: Visitor) =>
      new Reader(visitor, path, () => provider.said(id), tally).readToTheEnd()
    await Promise.all([read(team.asker), read(team.reader)])
  }
}

class Reader {
  #tab: Tab
  #openedAt = now()
  #lengthBefore = 0
  #caughtUp = true
  #shown = ''

  constructor(
    private visitor: Visitor,
    private path: string,
    private said: () => string,
    private tally: Tally
  ) {
    this.#tab = new Tab(visitor, path)
  }

  async readToTheEnd() {
    await this.#tab.open()
    while (!(await this.#readFor(SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS))))
      await this.#reload()

    this.#look()
    if (this.#tab.text !== this.said()) {
      const { lost, doubled } = compare(this.said(), this.#tab.text)
      this.tally.lost += lost || this.said().length - this.#tab.text.length
      this.tally.doubled += doubled
    }
    this.#tab.close()
  }

  /** True when the answer has come to its end meanwhile. */
  async #readFor(ms: number) {
    const leaveAt = now() + ms
    while (now() < leaveAt) {
      if (this.#look() === 'complete') return true
      await pause(LOOK_MS)
    }
    return false
  }

  async #reload() {
    this.#tab.close()
    this.tally.snapshots.push(this.#tab.snapshots)
    this.tally.reloads++
    if (this.#tab.ready) this.tally.while_live++

    this.#lengthBefore = this.#tab.text.length
    this.#caughtUp = false
    this.#openedAt = now()
    this.#shown = ''
    this.#tab = new Tab(this.visitor, this.path)
    await this.#tab.open()
  }

  /** The text must be the beginning of what was said, and while a tab is open it may only grow. */
  #look() {
    const { text, status } = this.#tab
    const said = this.said()
    this.tally.readings++

    const { lost, doubled } = compare(said, text)
    this.tally.lost += lost
    this.tally.doubled += doubled
    if (!text.startsWith(this.#shown)) this.tally.steps_back++
    this.#shown = text

    if (!this.#caughtUp && text.length >= this.#lengthBefore) {
      this.#caughtUp = true
      this.tally.catchUps.push(now() - this.#openedAt)
    }
    const missing = stampsOf(said.slice(text.length)).at(0)
    if (this.#tab.ready) this.tally.behind.push(missing === undefined ? 0 : now() - missing)
    return status
  }
}

export function reloadFigures(tally: Tally) {
  const { reloads, while_live, lost, doubled, steps_back, readings } = tally
  const sum = tally.snapshots.reduce((total, count) => total + count, 0)
  return {
    reloads,
    reloads_while_live: while_live,
    readings,
    lost_chars: lost,
    doubled_chars: doubled,
    steps_back,
    snapshots_per_reload: Math.round((sum / Math.max(1, reloads)) * 100) / 100,
    snapshots_most: Math.max(0, ...tally.snapshots),
    catch_up_ms: percentiles(tally.catchUps),
    behind_ms: {
      ...percentiles(tally.behind),
      max: Math.round(tally.behind.reduce((a, b) => Math.max(a, b), 0)),
    },
  }
}
