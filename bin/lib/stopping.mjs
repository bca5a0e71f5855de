import { say } from './steps.mjs'
import { endChildren, forgetChildren } from './processes.mjs'

const cleanups = []
let stopping = null

/** Registers what must be undone at the end; the last registered is undone first. */
export function atStop(undo) {
  cleanups.push(undo)
}

export const isStopping = () => stopping !== null

/**
 * Undoes everything once, whoever asks and however often: npm repeats a Ctrl+C that the terminal
 * has already sent, so a second signal means nothing.
 */
export function stop() {
  stopping ??= undoAll()
  return stopping
}

async function undoAll() {
  const failures = []
  for (const undo of [...cleanups.reverse(), endChildren]) {
    try {
      await undo()
    } catch (error) {
      failures.push(error)
    }
  }
  forgetChildren()
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.')
}

/** `exitCode(signal)` decides what a stop on request means: done, or interrupted. */
export function stopOnSignals(exitCode) {
  const leave = async (signal) => {
    if (stopping) return
    say()
    say('Stopping …')
    const code = exitCode(signal)
    try {
      await stop()
    } catch (error) {
      console.error(error.errors?.map((one) => one.message).join('\n') ?? error.message)
      process.exit(1)
    }
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => leave(signal))
  if (process.env.npm_lifecycle_event) endWithParent()
  if (process.channel) {
    process.on('disconnect', () => leave('SIGTERM'))
    process.channel.unref()
  }
  // A reader that goes away (a closed pipe) must not end us before the database is stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** npm passes SIGTERM on to the shell that it runs us in, and that shell ends without a word to us. */
function endWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
