import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { root } from '../../../bin/lint/paths.ts'

const literal =
  /(?<![\w.&#/'"-])#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/gi

/** Colours that are written out instead of taken from a token. */
function literalColours(text: string) {
  return text.match(literal) ?? []
}

test.group('Lint: colours come from tokens', () => {
  test('no file but tokens.css names a colour', ({ assert }) => {
    const files = globSync('inertia/**/*.{vue,css}', {
      cwd: root,
      exclude: ['inertia/css/tokens.css'],
    })
    const found = files.flatMap((file) =>
      literalColours(readFileSync(join(root, file), 'utf8')).map((colour) => `${file}: ${colour}`)
    )

    assert.isAbove(files.length, 50)
    assert.deepEqual(found, [])
  })

  test('{$self} is a literal colour')
    .with([
      'color: #fff;',
      'class="text-[#0a0b0c]"',
      'fill:#AABBCCDD',
      'oklch(0.7 0.1 240)',
      'rgb(0 0 0 / 50%)',
      'hsl(1 2% 3%)',
    ])
    .run(({ assert }, text) => assert.lengthOf(literalColours(text), 1))

  test('{$self} is not')
    .with([
      'color: var(--ink)',
      'href="#content"',
      '&#8203;',
      'color-mix(in oklab, var(--a), var(--b))',
      'this.#add(1)',
    ])
    .run(({ assert }, text) => assert.isEmpty(literalColours(text)))
})
