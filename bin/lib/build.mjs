import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, requireSpace, writeAtomic } from './files.mjs'
import { whileLocked } from './lock.mjs'
import { dataRoot, fromRoot, root } from './paths.mjs'
import { finish, startNode } from './processes.mjs'
import { step } from './steps.mjs'

const interfaceSources = [
  'inertia',
  'resources',
  '.adonisjs/client',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]
const sources = [
  ...interfaceSources,
  'app',
  'commands',
  'config',
  'database',
  'providers',
  'start',
  'bin/console.ts',
  'bin/server.ts',
  'ace.js',
  'adonisrc.ts',
  'tsconfig.json',
  'public',
]
/** Made by the builds themselves, so it says nothing about what they are made from. */
const made = ['public/assets']

/** `build/`, made anew when a source file has changed or the last build did not come to its end. */
export function ensureBuild(node) {
  return unlessFresh(fromRoot('build/.nyxcore'), sources, async () => {
    await step('Building', async (progress) => {
      const child = startNode(node, ['ace', 'build', '--ignore-ts-errors'], buildOptions())
      await finish(child, 'Building', { onLine: (line) => progress(stage(line)) })
    })
  })
}

/** Only the browser's half, which the browser tests are served. */
export function ensureAssets(node) {
  return unlessFresh(fromRoot('public/assets/.nyxcore'), interfaceSources, async () => {
    const vite = fromRoot('node_modules/vite/bin/vite.js')
    await step('Building the interface', async () => {
      await finish(
        startNode(node, [vite, 'build', '--app'], buildOptions()),
        'Building the interface'
      )
    })
  })
}

async function unlessFresh(stamp, paths, work) {
  const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(paths)
  if (isFresh()) return
  await whileLocked(join(dataRoot(), 'work.lock'), async () => {
    if (isFresh()) return
    requireSpace(root, 200, 'the build')
    const hash = hashOf(paths)
    rmSync(stamp, { force: true })
    await work()
    writeAtomic(stamp, hash)
  })
}

function hashOf(paths) {
  return hashFiles(paths, { except: made, also: [process.version] })
}

function buildOptions() {
  return { cwd: root, env: { ...process.env, NODE_ENV: 'production' } }
}

/** The word of ace that tells a waiting person where it is. */
function stage(line) {
  if (/vite/.test(line)) return 'the interface'
  if (/typescript/i.test(line)) return 'the server'
  return ''
}
