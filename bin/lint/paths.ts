import { readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'

export const root = join(import.meta.dirname, '../..')

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  imports: Record<string, string>
}

/** What the front end calls its folders; the server's names stand in package.json. */
const aliases = [
  ...Object.entries(manifest.imports).map(([name, path]) => [beforeStar(name), beforeStar(path)]),
  ['~/', 'inertia/'],
  ['@generated/', '.adonisjs/client/'],
].map(([name, folder]) => ({ name, folder: posix.normalize(folder) }))

/** The path of a file below the root of the project, with forward slashes. */
export function projectPath(file: string): string {
  return relative(root, file).split(sep).join('/')
}

/**
 * Where an import leads: a path below the root without its extension, or `npm:` and the package's name.
 *
 * @param file project path of the importing file
 */
export function importedPath(file: string, source: string): string {
  if (source.startsWith('.')) return bare(posix.join(posix.dirname(file), source))
  const alias = aliases.find(({ name }) => source.startsWith(name))
  return alias ? bare(alias.folder + source.slice(alias.name.length)) : `npm:${source}`
}

function bare(path: string) {
  return path.replace(/\.(ts|js|mjs)$/, '')
}

function beforeStar(pattern: string) {
  return pattern.slice(0, pattern.indexOf('*'))
}
