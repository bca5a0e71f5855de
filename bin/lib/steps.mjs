const tty = process.stdout.isTTY === true
const progressEveryMs = tty ? 250 : 5000

export function say(line = '') {
  process.stdout.write(`${line}\n`)
}

/**
 * Runs one step of set-up and prints its name and time. `work` receives a function that it may call
 * with a word about its progress, which is shown while the step lasts.
 */
export async function step(name, work) {
  const startedAt = Date.now()
  let progress = ''
  const timer = setInterval(() => show(name, startedAt, progress), progressEveryMs)
  try {
    const result = await work((word) => (progress = word))
    finish(`${name} … ${seconds(startedAt)}`)
    return result
  } catch (error) {
    finish(`${name} … failed after ${seconds(startedAt)}`)
    throw error
  } finally {
    clearInterval(timer)
  }
}

function show(name, startedAt, progress) {
  const line = [`${name} …`, progress, `(${seconds(startedAt)})`].filter(Boolean).join(' ')
  process.stdout.write(tty ? `\r\x1b[K${line}` : `${line}\n`)
}

function finish(line) {
  process.stdout.write(tty ? `\r\x1b[K${line}\n` : `${line}\n`)
}

function seconds(startedAt) {
  const elapsed = (Date.now() - startedAt) / 1000
  return `${elapsed < 10 ? elapsed.toFixed(1) : Math.round(elapsed)} s`
}
