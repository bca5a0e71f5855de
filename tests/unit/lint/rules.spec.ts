import { test } from '@japa/runner'
import { RuleTester } from 'eslint'
import { layers } from '../../../bin/lint/layers.ts'
import { noDroppedVerdict } from '../../../bin/lint/no_dropped_verdict.ts'
import { noRawSql } from '../../../bin/lint/no_raw_sql.ts'
import { root } from '../../../bin/lint/paths.ts'

RuleTester.describe = (_, run) => run()
RuleTester.it = (_, run) => run()

const tester = new RuleTester()
const raw = [{ messageId: 'raw' }]
const dropped = [{ messageId: 'dropped' }]
const unawaited = [{ messageId: 'unawaited' }]

/** An action of a controller with this in it. */
function action(body: string) {
  return `async function show({ bouncer }, ctx) { ${body} }`
}

test.group('Lint: the rules of the house', () => {
  test('layers', () => {
    const filename = `${root}/app/services/discussions/ask.js`
    tester.run('layers', layers, {
      valid: [{ filename, code: "import { currentScope } from '#services/tenancy/index'" }],
      invalid: [
        {
          filename,
          code: "import { currentScope } from '#services/tenancy/scope'",
          errors: [
            {
              message: 'A service reaches another only through its front door, index.ts.',
              column: 30,
            },
          ],
        },
      ],
    })
  })

  test('no raw SQL', () => {
    tester.run('no-raw-sql', noRawSql, {
      valid: [
        "trx.from('app.messages').where('id', id)",
        'String.raw`\\d`',
        'const { rawBody } = request.raw',
        'withdraw(); account.withdraw()',
      ],
      invalid: [
        { code: "trx.rawQuery('select 1')", errors: raw },
        { code: "db.raw('now()')", errors: raw },
        { code: "query?.whereRaw('a = b')", errors: raw },
        { code: "query['orderByRaw']('random()')", errors: raw },
        { code: "trx.knexRawQuery('select 1')", errors: raw },
      ],
    })
  })

  test('no dropped verdict', () => {
    tester.run('no-dropped-verdict', noDroppedVerdict, {
      valid: [
        action("const rights = { write: await bouncer.with(Policy).allows('write', it) }"),
        action("if (await bouncer.with(Policy).denies('write', it)) return"),
        action("return bouncer.allows('write', it)"),
        action("await bouncer.with(Policy).authorize('write', it)"),
        action("return Promise.all([bouncer.allows('a'), bouncer.allows('b')])"),
        action('policy.allows(it)'),
      ],
      invalid: [
        { code: action("await bouncer.with(Policy).allows('write', it)"), errors: dropped },
        { code: action("void (await bouncer.denies('write'))"), errors: dropped },
        { code: action("await ctx.bouncer?.allows('write')"), errors: dropped },
        { code: action("bouncer.with(Policy).allows('write', it)"), errors: unawaited },
        { code: action("if (bouncer.with(Policy).allows('write')) it()"), errors: unawaited },
        { code: action("if (!ctx.bouncer.denies('write')) it()"), errors: unawaited },
        { code: action("const may = it && bouncer.allows('write')"), errors: unawaited },
        { code: action("bouncer.with(Policy).authorize('write', it)"), errors: unawaited },
      ],
    })
  })
})
