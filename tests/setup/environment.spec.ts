import { chmod, stat, writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { freePort, occupiedPort, Scratch } from './scratch.js'

const isRoot = process.getuid?.() === 0

/** Ends a start right after its environment is made: this address is nobody's. */
const nowhere = { HOST: '203.0.113.9', NYX_DEMO: '0' }

const refusals: [Record<string, string>, string][] = [
  [{ PORT: '70000' }, 'The environment variable PORT is not a port'],
  [{ HOST: '0.0.0.0', NYX_DEMO: '1' }, 'would show the demo'],
  [{ DATABASE_URL: 'postgres://a:b@127.0.0.1/c' }, 'DATABASE_ADMIN_URL and DATABASE_MIGRATE_URL'],
  [{ DATABASE_PROVISION_URL: 'postgres://a:b@127.0.0.1/c' }, 'node ace db:provision'],
  [{ HOST: '203.0.113.9', NYX_DEMO: '0' }, 'is not an address of this machine'],
]

test.group('Set-up | environment', () => {
  test('makes .env with a fresh key, readable by its owner alone', async ({ assert, test }) => {
    const one = await Scratch.make(test)
    const other = await Scratch.make(test)

    await Promise.all([one, other].map((scratch) => scratch.run(['start'], nowhere).exit()))

    const { mode } = await stat(one.join('.env'))
    assert.equal(mode & 0o777, 0o600)
    assert.match(one.read('.env'), /^APP_KEY=[\w-]{43}$/m)
    assert.match(one.read('.env'), /^NYX_DEMO=1$/m)
    assert.notMatch(one.read('.env'), /APP_URL/)
    assert.notEqual(one.read('.env'), other.read('.env'))
  })

  test('completes a .env that holds only a key of the operator', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    await writeFile(scratch.join('.env'), '# mine\nANTHROPIC_API_KEY="a # b"\nNYX_DEMO=0\n')

    await scratch.run(['start'], nowhere).exit()

    const env = scratch.read('.env')
    assert.isTrue(env.startsWith('# mine\nANTHROPIC_API_KEY="a # b"\nNYX_DEMO=0\n'))
    assert.match(env, /^APP_KEY=/m)
    assert.notMatch(env, /NYX_DEMO=1/)
  })

  test('names the line of a broken .env')
    .with([
      ['HOST=127.0.0.1\n\nthis is not a setting\n', '.env line 3 is not of the form NAME=value'],
      ['APP_KEY=0123456789abcdef\nPORT=http\n', '.env line 2: PORT is not a port'],
      ['# key\nAPP_KEY="0123456789abcdef\n', '.env line 2: the " after APP_KEY= is never closed'],
      ['APP_KEY=short\n', '.env line 1: APP_KEY is too short'],
      ['\nDATABASE_URL=mysql://a@b/c\n', '.env line 2: DATABASE_URL is not a URL like postgres://'],
    ])
    .run(async ({ assert, test }, [text, complaint]) => {
      const scratch = await Scratch.make(test)
      await writeFile(scratch.join('.env'), text)

      const run = scratch.run(['start'])

      assert.equal(await run.exit(), 1)
      assert.include(run.output, complaint)
      assert.equal(scratch.read('.env'), text)
    })

  test('lets the environment win over .env', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    const port = await occupiedPort(test)
    await writeFile(scratch.join('.env'), 'APP_KEY=0123456789abcdef\nPORT=1\n')

    const run = scratch.run(['start'], { PORT: String(port) })

    assert.equal(await run.exit(), 1)
    assert.include(run.output, `Port ${port} is in use`)
  })

  test('refuses settings that cannot work, each in a sentence')
    .with(refusals)
    .run(async ({ assert, test }, [env, complaint]) => {
      const scratch = await Scratch.make(test)

      const run = scratch.run(['start'], env)

      assert.equal(await run.exit(), 1)
      assert.include(run.output, complaint)
    })

  test('says which database refuses and why, without its password', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    const url = 'postgres://nyx:hush@127.0.0.1:9/nyxcore'

    const run = scratch.run(['start'], {
      PORT: String(await freePort()),
      DATABASE_URL: url,
      DATABASE_ADMIN_URL: url,
      DATABASE_MIGRATE_URL: url,
    })

    assert.equal(await run.exit(), 1)
    assert.include(run.output, 'DATABASE_MIGRATE_URL (nyx at 127.0.0.1:9/nyxcore)')
    assert.include(run.output, 'nothing listens there')
    assert.notInclude(run.output, 'hush')
  })

  test('says that npm is missing', async ({ assert, test }) => {
    const scratch = await Scratch.make(test, { packages: false })

    const run = scratch.run(['start'], { PATH: '/nonexistent' })

    assert.equal(await run.exit(), 1)
    assert.include(run.output, 'npm is missing: install it')
  })

  test('says that the folder is not writable', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    await chmod(scratch.path, 0o555)

    const run = isRoot ? await scratch.runAsNobody(['start']) : scratch.run(['start'])

    assert.equal(await run.exit(), 1)
    assert.include(run.output, 'may not write to')
    await chmod(scratch.path, 0o700)
  })
})
