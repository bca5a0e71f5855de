import { join } from 'node:path'
import { openDatabase } from './database.mjs'
import { lockOrRefuse, unlock } from './lock.mjs'
import { dataRoot } from './paths.mjs'
import { say } from './steps.mjs'
import { atStop } from './stopping.mjs'

/** `node bin/setup.mjs db`: the embedded server alone, for tools and single `node ace` commands. */
export async function database({ env, state }) {
  holdLock(env)
  const { urls, provisionUrl } = await openDatabase(env)
  say()
  for (const [name, url] of Object.entries(urls)) say(`export ${name}=${url}`)
  if (provisionUrl) say(`export DATABASE_PROVISION_URL=${provisionUrl}`)
  say()
  say('The database runs until you press Ctrl+C.')
  state.serving = true
  await forever()
}

function holdLock(env) {
  const path = join(dataRoot(env), 'start.lock')
  lockOrRefuse(path, 'nyxCore')
  atStop(() => unlock(path))
}

function forever() {
  return new Promise(() => setInterval(() => {}, 2 ** 30))
}
