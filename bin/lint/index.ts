import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ESLint } from 'eslint'
import { layers } from './layers.ts'
import { noDroppedVerdict } from './no_dropped_verdict.ts'
import { noRawSql } from './no_raw_sql.ts'

/** The rules of this house, as an ESLint plugin. */
const plugin: ESLint.Plugin = {
  // ESLint's cache is as old as this version: a changed rule looks at every file again.
  meta: { name: 'nyx', version: hashOfRules() },
  rules: {
    'layers': layers,
    'no-dropped-verdict': noDroppedVerdict,
    'no-raw-sql': noRawSql,
  },
}

export default plugin

function hashOfRules() {
  const hash = createHash('sha256')
  for (const file of globSync('*.ts', { cwd: import.meta.dirname }).sort())
    hash.update(readFileSync(join(import.meta.dirname, file)))
  return hash.digest('hex')
}
