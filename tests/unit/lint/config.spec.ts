import { test } from '@japa/runner'
import { isError, rulesBroken } from './support.ts'

const service = 'app/services/discussions/ask.ts'
const answer = 'inertia/components/discussions/answer.vue'

test.group('Lint: what the configuration forbids', (group) => {
  // The first file loads every plugin.
  group.tap((one) => one.timeout(60_000))

  test('{0} in {1}')
    .with([
      ['nyx/no-raw-sql', service, "export const a = db.rawQuery('select 1')"],
      ['nyx/no-dropped-verdict', 'app/controllers/a.ts', "await bouncer.allows('write')"],
      ['no-restricted-properties', service, 'export const a = process.env.HOST'],
      ['no-restricted-syntax', service, 'export const a = b as unknown as string'],
      ['no-restricted-syntax', 'inertia/composables/use_now.ts', "document.body.innerHTML = ''"],
      ['no-restricted-globals', 'inertia/lib/format.ts', 'export const a = document.title'],
      ['no-restricted-globals', service, 'export const a = () => name'],
      ['no-empty', service, 'try { a() } catch {}'],
      ['@typescript-eslint/no-explicit-any', service, 'export const a = (b: any) => b'],
      ['@typescript-eslint/ban-ts-comment', service, '// @ts-ignore\nexport const a = 1'],
      ['vue/no-v-html', answer, '<template><p v-html="a" /></template>'],
      ['vuejs-accessibility/alt-text', answer, '<template><img src="/a.png" /></template>'],
    ])
    .run(async ({ assert }, [rule, file, text]) => {
      assert.include(await rulesBroken(file, text), rule)
    })

  test('SQL as a string is at home in services/tenancy', async ({ assert }) => {
    const text = "export const a = db.rawQuery('select 1')"

    assert.notInclude(await rulesBroken('app/services/tenancy/gate.ts', text), 'nyx/no-raw-sql')
  })

  test('one component puts markup on a page', async ({ assert }) => {
    const file = 'inertia/components/discussions/markdown_text.vue'

    assert.notInclude(
      await rulesBroken(file, '<template><p v-html="a" /></template>'),
      'vue/no-v-html'
    )
  })

  test('promises are awaited in {$self}')
    .with(['app/controllers/a.ts', service, 'bin/server.ts', 'tests/unit/a.spec.ts'])
    .run(async ({ assert }, file) => {
      assert.isTrue(await isError(file, '@typescript-eslint/no-floating-promises'))
      assert.isTrue(await isError(file, '@typescript-eslint/no-misused-promises'))
    })
})
