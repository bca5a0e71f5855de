import { test } from '@japa/runner'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findMail, MailboxTransport, readMailbox } from '#services/mailbox/index'

test.group('The mailbox', (group) => {
  let folder = ''
  group.each.setup(async () => {
    const parent = await mkdtemp(join(tmpdir(), 'nyx-mailbox-'))
    folder = join(parent, 'mailbox')
    return () => rm(parent, { recursive: true })
  })

  test('is empty before the first mail', async ({ assert }) => {
    assert.deepEqual(await readMailbox(folder), [])
  })

  test('keeps mail, newest first, for its owner alone', async ({ assert }) => {
    const transport = new MailboxTransport(folder)
    for (const subject of ['first', 'second']) {
      const to = { address: 'ada@moon.example', name: 'Ada' }
      await transport.send({ to: [to], subject, text: 'Text', html: '<b>HTML</b>' })
    }

    const mails = await readMailbox(folder)
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['second', 'first']
    )
    assert.deepInclude(mails[0], { to: 'ada@moon.example', text: 'Text', html: '<b>HTML</b>' })
    assert.deepEqual(await findMail(folder, mails[0].id), mails[0])
    const [file] = await readdir(folder)
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600)
  })

  test('forgets all but the newest 200', async ({ assert }) => {
    const transport = new MailboxTransport(folder)
    for (let n = 0; n < 203; n++) await transport.send({ to: ['a@b.example'], subject: `${n}` })

    const mails = await readMailbox(folder)
    assert.lengthOf(mails, 200)
    assert.deepEqual([mails[0].subject, mails.at(-1)?.subject], ['202', '3'])
  })

  test('opens no file but its own', async ({ assert }) => {
    await new MailboxTransport(folder).send({ to: ['a@b.example'], subject: 'x' })
    for (const id of ['../../etc/passwd', '', '.', 'x', '%2e%2e'])
      assert.isNull(await findMail(folder, id))
  })
})
