import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** Set by the commands alone, nobody's to choose. */
const INTERNAL = ['NYX_PRINT_LINK']

test.group('Environment variables', () => {
  test('what the server reads stands in .env.example', async ({ assert }) => {
    const known = names(await read('start/env.ts'), /^ {2}([A-Z_]+): Env\./gm)
    const explained = names(await read('.env.example'), /^#?([A-Z_]+)=/gm)

    assert.isNotEmpty(known)
    assert.includeMembers([...explained, ...INTERNAL], known)
  })

  test('.env.example and the table for operators name the same', async ({ assert }) => {
    const explained = names(await read('.env.example'), /^#?([A-Z_]+)=/gm)
    const listed = names(await read('docs/operations.md'), /^\| `([A-Z_]+)` \|/gm)

    assert.sameMembers(listed, explained)
  })
})

function read(path: string) {
  return readFile(app.makePath(path), 'utf8')
}

function names(text: string, pattern: RegExp) {
  return [...text.matchAll(pattern)].map(([, name]) => name)
}
