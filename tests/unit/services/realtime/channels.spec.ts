import { test } from '@japa/runner'
import { ChannelBook, channelName, parseChannel } from '#services/realtime/channels'

const TENANT = '01990000-0000-7000-8000-000000000001'
const OTHER_TENANT = '01990000-0000-7000-8000-000000000002'
const RECORD = '01990000-0000-7000-8000-00000000000a'
const CLAIM = { tenantId: TENANT, userId: '01990000-0000-7000-8000-0000000000ff' }

test.group('Channel names', () => {
  test('a name says tenant, kind and record', ({ assert }) => {
    const name = channelName(TENANT, 'discussion', RECORD)

    assert.deepEqual(parseChannel(name), {
      name,
      tenantId: TENANT,
      kind: 'discussion',
      recordId: RECORD,
    })
  })

  test('{$self} is no channel')
    .with([
      '',
      't',
      '$stream',
      't/a/discussion/b',
      `t/${TENANT}/discussion`,
      `t/${TENANT}/discussion/${RECORD}/more`,
      `t/${TENANT}/Discussion/${RECORD}`,
      `t/${TENANT}/dis-cussion/${RECORD}`,
      `t/${TENANT}/__proto__/${RECORD}`,
      `t/${TENANT.toUpperCase().replace('019', '0AF')}/discussion/${RECORD}`,
      ` t/${TENANT}/discussion/${RECORD}`,
      `t/${TENANT}/discussion/*`,
    ])
    .run(({ assert }, name) => assert.isNull(parseChannel(name)))

  test('neither is a name with a control character', ({ assert }) => {
    assert.isNull(parseChannel(`${channelName(TENANT, 'discussion', RECORD)}\n`))
    assert.isNull(parseChannel(`t/${TENANT}/\u0000/${RECORD}`))
  })
})

test.group('Channel book', () => {
  test('grants what the kind allows, refuses the rest by name', async ({ assert }) => {
    const { book } = setup()
    book.register('discussion', async (id) => id === RECORD)

    const refused = await refusedOf(book, [
      channelName(TENANT, 'discussion', RECORD),
      channelName(TENANT, 'discussion', TENANT),
    ])

    assert.deepEqual(refused, [channelName(TENANT, 'discussion', TENANT)])
  })

  test('refuses a kind that nobody registered', async ({ assert }) => {
    const { book } = setup()
    const name = channelName(TENANT, 'secrets', RECORD)

    assert.deepEqual(await refusedOf(book, [name]), [name])
  })

  test("refuses another tenant's channel, after the same question as for an unknown id", async ({
    assert,
  }) => {
    const asked: string[] = []
    const { book } = setup()
    book.register('discussion', async (id) => asked.push(id) > 0)
    const name = channelName(OTHER_TENANT, 'discussion', RECORD)

    assert.deepEqual(await refusedOf(book, [name]), [name])
    assert.deepEqual(asked, [RECORD])
  })

  test('asks all in one unit of work of the person', async ({ assert }) => {
    const { book, opened } = setup()
    book.register('discussion', async () => true)

    await refusedOf(book, [
      channelName(TENANT, 'discussion', RECORD),
      channelName(TENANT, 'discussion', TENANT),
    ])

    assert.deepEqual(opened, [CLAIM])
  })
})

function setup() {
  const opened: unknown[] = []
  const book = new ChannelBook((claim, fn) => {
    opened.push(claim)
    return fn()
  })
  return { book, opened }
}

function refusedOf(book: ChannelBook, names: string[]) {
  return book.refused(
    CLAIM,
    names.flatMap((name) => parseChannel(name) ?? [])
  )
}
