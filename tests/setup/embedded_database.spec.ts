import { existsSync, statSync } from 'node:fs'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { test } from '@japa/runner'
import pg from 'pg'
import { processesWith, Scratch, until, type Run } from './scratch.js'

const isRoot = process.getuid?.() === 0

async function query<T extends pg.QueryResultRow>(run: Run, sql: string) {
  const url = /export DATABASE_PROVISION_URL=(\S+)/.exec(run.output)?.[1]
  const client = new pg.Client({ connectionString: url?.replace(/postgres$/, 'nyxcore') })
  await client.connect()
  const { rows } = await client.query<T>(sql)
  await client.end()
  return rows
}

test.group('Set-up | embedded database', () => {
  test('keeps its passwords to itself and its data from start to start', async ({
    assert,
    test,
  }) => {
    const scratch = await Scratch.make(test)
    const first = await scratch.database()
    await query(first, 'create table public.kept as select 7 as lucky')
    await first.end()

    const second = await scratch.database()

    const rows = await query<{ lucky: number }>(second, 'select lucky from public.kept')
    assert.deepEqual(rows, [{ lucky: 7 }])
    assert.equal(statSync(scratch.join('storage/postgres.json')).mode & 0o777, 0o600)
  })

  test('adopts the server that a killed start left behind', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    const first = await scratch.database()
    const server = scratch.postmaster()
    await first.end('SIGKILL')

    const second = await scratch.database()

    assert.equal(scratch.postmaster(), server)
    assert.lengthOf(await query(second, 'select 1'), 1)
    await second.end()
    assert.lengthOf(processesWith(scratch.parent), 0)
  })

  test('leaves nothing running')
    .with(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    .run(async ({ assert, test }, signal) => {
      const scratch = await Scratch.make(test)
      const run = await scratch.database()
      assert.isAbove(processesWith(scratch.parent).length, 0)

      process.kill(-run.pid, signal)
      process.kill(-run.pid, signal)

      assert.equal(await run.exit(), 0)
      assert.lengthOf(processesWith(scratch.parent), 0)
      assert.isFalse(existsSync(scratch.join('storage/start.lock')))
    })

  test('begins anew when the first creation was cut off', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    const first = scratch.run(['db'])
    await until(() => existsSync(scratch.join('storage/postgres.new/base')))
    await first.end('SIGKILL')
    assert.isFalse(existsSync(scratch.join('storage/postgres')))

    const second = await scratch.database()

    assert.lengthOf(await query(second, 'select 1'), 1)
    assert.isFalse(existsSync(scratch.join('storage/postgres.new')))
  })

  test('is not fooled by a process number that now belongs to another', async ({
    assert,
    test,
  }) => {
    const scratch = await Scratch.make(test)
    await (await scratch.database()).end()
    const cluster = scratch.join('storage/postgres')
    await writeFile(`${cluster}/postmaster.pid`, `${process.pid}\n${cluster}\n0\n5432\n\n\n`)

    const run = await scratch.database()

    assert.notEqual(scratch.postmaster(), process.pid)
    assert.lengthOf(await query(run, 'select 1'), 1)
  })

  test('leaves the server of the original alone in a copied folder', async ({ assert, test }) => {
    const original = await Scratch.make(test)
    const running = await original.database()
    const copy = await Scratch.make(test)
    await mkdir(copy.join('storage'))
    await cp(original.join('storage/postgres.json'), copy.join('storage/postgres.json'))
    await mkdir(copy.join('storage/postgres'), { mode: 0o700 })
    await cp(
      original.join('storage/postgres/postmaster.pid'),
      copy.join('storage/postgres/postmaster.pid')
    )

    const second = await copy.database()
    await second.end()

    assert.lengthOf(await query(running, 'select 1'), 1)
  })

  test('refuses a second start in the same folder', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    const first = await scratch.database()

    const second = scratch.run(['db'])

    assert.equal(await second.exit(), 1)
    assert.include(second.output, `already running from this folder (process ${first.pid})`)
    assert.lengthOf(await query(first, 'select 1'), 1)
  })

  test('moves to /var/lib/nyxcore when the folder is closed', async ({ assert, test }) => {
    const scratch = await Scratch.make(test, { mode: 0o700 })

    const run = await scratch.database()

    const [{ folder }] = await query<{ folder: string }>(
      run,
      `select current_setting('data_directory') as folder`
    )
    test.cleanup(() => rm(dirname(folder), { recursive: true }))
    assert.match(folder, /^\/var\/lib\/nyxcore\/[0-9a-f]{12}\/postgres$/)
    assert.isFalse(existsSync(scratch.join('storage/postgres')))
    await run.end()
    assert.lengthOf(processesWith(folder), 0)
    const again = await scratch.database()
    assert.lengthOf(await query(again, 'select 1'), 1)
    await again.end()
  }).skip(!isRoot, 'only root runs PostgreSQL as another user')

  test('uses NYX_DATA_DIR even then, or says that it is closed', async ({ assert, test }) => {
    const scratch = await Scratch.make(test, { mode: 0o700 })
    const elsewhere = await Scratch.make(test)

    const run = await scratch.database({ NYX_DATA_DIR: elsewhere.join('data') })
    assert.isTrue(existsSync(elsewhere.join('data/postgres/PG_VERSION')))
    await run.end()

    const refused = scratch.run(['db'], { NYX_DATA_DIR: scratch.join('data') })
    assert.equal(await refused.exit(), 1)
    assert.include(refused.output, 'is closed to the system user that runs PostgreSQL')
  }).skip(!isRoot, 'only root runs PostgreSQL as another user')

  test('says that the password file is gone', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    await (await scratch.database()).end()
    await rm(scratch.join('storage/postgres.json'))

    const run = scratch.run(['db'])

    assert.equal(await run.exit(), 1)
    assert.include(run.output, 'The password file')
    assert.include(run.output, 'is gone')
  })
})
