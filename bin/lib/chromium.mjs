import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fromRoot } from './paths.mjs'
import { finish, start, startNode } from './processes.mjs'
import { Refusal } from './refusal.mjs'
import { step } from './steps.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** The path of a Chromium that runs: the one named, one installed, Debian's, or Playwright's own. */
export async function ensureChromium(env, node) {
  if (env.CHROMIUM_PATH) {
    if (runs(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH
    throw new Refusal(
      `CHROMIUM_PATH=${env.CHROMIUM_PATH} is no Chromium that runs: correct or unset it.`
    )
  }
  return installed() ?? (await fromDebian()) ?? (await fromPlaywright(node)) ?? giveUp()
}

function installed() {
  // Playwright takes a path, not a name to be looked for.
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...paths, macChrome].find((path) => existsSync(path) && runs(path)) ?? null
}

function runs(command) {
  return spawnSync(command, ['--version'], { timeout: 20_000 }).status === 0
}

async function fromDebian() {
  const isRoot = process.platform === 'linux' && process.getuid() === 0
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return null
  const script = 'apt-get update -q && apt-get install -y -q --no-install-recommends chromium'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: ['ignore', 'pipe', 'pipe'] }
  const done = await attempt('Installing Chromium', () => start('/bin/sh', ['-c', script], options))
  return done ? installed() : null
}

async function fromPlaywright(node) {
  const cli = fromRoot('node_modules/playwright/cli.js')
  const done = await attempt('Downloading Chromium', () =>
    startNode(node, [cli, 'install', 'chromium'], { env: process.env })
  )
  if (!done) return null
  const { chromium } = await import('playwright')
  const path = chromium.executablePath()
  return runs(path) ? path : null
}

/** One way that fails only means that the next one is tried. */
async function attempt(name, begin) {
  try {
    await step(name, () => finish(begin(), name))
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function giveUp() {
  throw new Refusal(
    'The browser tests need Chromium, and it could not be installed: install it (apt-get install chromium) or set CHROMIUM_PATH to one.'
  )
}
