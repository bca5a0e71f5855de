import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { readInChromium } from './support/chromium.ts'
import { figures, measure, throughApp, throughRelay } from './support/delays.ts'
import { bootApp, makeTeams } from './support/people.ts'
import { startProvider, startRelay, startServer, stopProcesses } from './support/processes.ts'
import { emptyTally, readAndReload, reloadFigures } from './support/reloads.ts'

/**
 * How long a word takes from the provider to the browser, and whether reloading ever loses or doubles one.
 * `--reloads=1000`, `--browser-reloads=25`, `--streams=10` answers at a time, `--rounds=10` of them for the delays.
 * The last line is one JSON object; all times in ms, characters in UTF-16 units.
 */
const { values } = parseArgs({
  options: {
    'reloads': { type: 'string', default: '1000' },
    'browser-reloads': { type: 'string', default: '25' },
    'streams': { type: 'string', default: '10' },
    'rounds': { type: 'string', default: '10' },
  },
})
const streams = Number(values.streams)
const rounds = Number(values.rounds)
const startedAt = Date.now()

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopProcesses().then(() => process.exit(1)))

try {
  const environment = {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model,
    node: process.version,
    load_before: Math.round(loadavg()[0] * 100) / 100,
  }
  const provider = await startProvider()
  const relay = await startRelay(provider)
  await startServer(provider)
  const app = await bootApp()
  const teams = await makeTeams(streams)
  await app.terminate()

  const viaApp = teams.map((team) => throughApp(team, provider))
  const viaRelay = teams.map(() => throughRelay(relay, provider))
  say('warming up')
  await measure('warm', viaApp, 1)
  await measure('warm-relay', viaRelay, 1)
  say('one answer at a time')
  const alone = figures(await measure('alone', viaApp.slice(0, 1), rounds))
  const aloneBaseline = figures(await measure('alone-relay', viaRelay.slice(0, 1), rounds))
  say(`${streams} answers at a time`)
  const together = figures(await measure('together', viaApp, rounds))
  const baseline = figures(await measure('together-relay', viaRelay, rounds))
  say('reloading')
  const tally = emptyTally()
  const enough = Number(values.reloads)
  await Promise.all(teams.map((team, lane) => readAndReload(team, lane, provider, tally, enough)))
  say('reloading in Chromium')
  const drawn = await readInChromium(teams[0], provider, Number(values['browser-reloads']))

  const result = {
    bench: 'stream',
    ...together,
    ...reloadFigures(tally),
    ...drawn,
    added_first_event_ms: added(together, baseline),
    baseline,
    alone: { ...alone, added_first_event_ms: added(alone, aloneBaseline), baseline: aloneBaseline },
    streams,
    ...environment,
    seconds: Math.round((Date.now() - startedAt) / 1000),
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  await stopProcesses()
}

type Figures = ReturnType<typeof figures>

/** What our way costs on top of the plain relay, median against median. */
function added(ours: Figures, plain: Figures) {
  return Math.round((ours.first_event_ms.p50 - plain.first_event_ms.p50) * 10) / 10
}

function say(line: string) {
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  process.stderr.write(`${seconds} s: ${line}\n`)
}
