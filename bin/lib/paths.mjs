import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The clone. NYX_ROOT serves the tests of set-up, which point it at a scratch folder. */
export const root = resolve(
  process.env.NYX_ROOT ?? fileURLToPath(new URL('../../', import.meta.url))
)

/** The folder of the scripts themselves, the same whatever `root` is. */
export const lib = fileURLToPath(new URL('./', import.meta.url))

export const fromRoot = (...parts) => join(root, ...parts)

/** Where everything that outlives a start is kept. */
export function dataRoot(env = process.env) {
  return env.NYX_DATA_DIR ? resolve(root, env.NYX_DATA_DIR) : fromRoot('storage')
}
