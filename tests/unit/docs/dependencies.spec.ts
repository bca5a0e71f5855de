import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

test.group('Dependencies', () => {
  test('each has a line that says why, with the version that is installed', async ({ assert }) => {
    const { dependencies, devDependencies } = JSON.parse(await read('package.json'))
    const table = await read('docs/adr/0001-dependencies.md')
    const lines = table.matchAll(/^\| (\S+) \| (\d\S*) \| \S+ \| \S.* \|$/gm)

    const explained = Object.fromEntries([...lines].map(([, name, version]) => [name, version]))

    assert.deepEqual(explained, { ...dependencies, ...devDependencies })
  })
})

function read(path: string) {
  return readFile(app.makePath(path), 'utf8')
}
