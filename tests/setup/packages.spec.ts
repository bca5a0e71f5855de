import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { processesWith, Scratch, until } from './scratch.js'

const realPackages = join(import.meta.dirname, '../../node_modules')

/** An npm of a few lines, ahead of the real one on PATH. */
async function pretendNpm(scratch: Scratch, script: string) {
  const folder = join(scratch.parent, 'bin')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return { PATH: `${folder}:/usr/local/bin:/usr/bin:/bin` }
}

test.group('Set-up | packages', () => {
  test('heals an installation that was cut off', async ({ assert, test }) => {
    const scratch = await Scratch.make(test, { packages: false })
    const hanging = await pretendNpm(scratch, 'mkdir -p node_modules/half; exec sleep 600')
    const first = scratch.run(['db'], hanging)
    await until(() => existsSync(scratch.join('node_modules/half')))
    const [npm] = processesWith('sleep 600')
    await first.end('SIGKILL')

    const working = await pretendNpm(
      scratch,
      `rm -rf node_modules; mkdir node_modules; ln -s '${realPackages}'/* node_modules`
    )
    const second = await scratch.database(working)

    assert.include(second.output, 'Installing packages …')
    assert.notInclude(processesWith('sleep 600'), npm)
  })

  test('installs once', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    const env = await pretendNpm(scratch, 'exit 1')

    const run = await scratch.database(env)

    assert.notInclude(run.output, 'Installing packages')
  })

  test('passes on what npm says when it fails')
    .with([
      ['echo "npm error code EAI_AGAIN" >&2; exit 1', 'npm could not reach the package registry'],
      ['echo "npm error nospc ENOSPC: full" >&2; exit 1', 'No disk space is left'],
      ['echo "npm error the lock is wrong" >&2; exit 1', 'npm error the lock is wrong'],
    ])
    .run(async ({ assert, test }, [script, complaint]) => {
      const scratch = await Scratch.make(test, { packages: false })

      const run = scratch.run(['db'], await pretendNpm(scratch, script))

      assert.equal(await run.exit(), 1)
      assert.include(run.output, complaint)
    })

  test('ends npm with itself', async ({ assert, test }) => {
    const scratch = await Scratch.make(test, { packages: false })
    const env = await pretendNpm(scratch, `touch '${scratch.join('begun')}'; sleep 601`)
    const run = scratch.run(['db'], env)
    await until(() => existsSync(scratch.join('begun')))

    process.kill(-run.pid, 'SIGTERM')

    assert.equal(await run.exit(), 143)
    assert.lengthOf(processesWith('sleep 601'), 0)
  })
})
