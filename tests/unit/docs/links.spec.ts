import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: app.makePath() })]

test.group('Documentation', () => {
  test('{$self} leads nowhere wrong')
    .with(pages)
    .run(({ assert }, page) => {
      const text = readFileSync(app.makePath(page), 'utf8')
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to]) =>
        join(dirname(page), to)
      )
      const tests = [
        ...text.matchAll(/`((?:tests\/)?(?:unit|functional|browser|setup)\/[\w./]+\.ts)`/g),
      ]
      const named = tests.map(([, path]) => join('tests', path.replace(/^tests\//, '')))

      const missing = [...links, ...named].filter((path) => !existsSync(app.makePath(path)))

      assert.deepEqual(missing, [])
    })
})
