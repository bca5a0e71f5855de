import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { processesWith, Run, Scratch, until } from './scratch.ts'

const setup = join(import.meta.dirname, '../../bin/setup.mjs')

test.group('Set-up under npm', () => {
  test('ends when the shell that npm runs it in is ended alone', async ({ assert, test }) => {
    const scratch = await Scratch.make(test)
    const shell = new Run(
      spawn('/bin/sh', ['-c', `"${process.execPath}" "${setup}" db; exit $?`], {
        env: { PATH: process.env.PATH, NYX_ROOT: scratch.path, npm_lifecycle_event: 'start' },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
    )
    await shell.says('The database runs')
    assert.isAbove(processesWith(scratch.parent).length, 0)

    process.kill(shell.pid, 'SIGTERM')

    await until(() => processesWith(scratch.parent).length === 0)
    assert.include(shell.output, 'Stopping')
  })
})
