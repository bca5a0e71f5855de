import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MailResponse } from '@adonisjs/mail'
import type { MailTransportContract, NodeMailerMessage } from '@adonisjs/mail/types'
import { v7 as uuid } from 'uuid'

/** `at` is an ISO time. `html` is shown in a sandboxed frame only. */
export type KeptMail = {
  id: string
  to: string
  subject: string
  text: string
  html: string
  at: string
}

const KEEP = 200

/** Keeps mail in a folder instead of sending it, so that demo and development need no mail server. */
export class MailboxTransport implements MailTransportContract {
  constructor(private folder: string) {}

  async send(message: NodeMailerMessage): Promise<MailResponse<{ id: string }>> {
    const mail: KeptMail = {
      id: uuid(),
      to: addresses(message.to),
      subject: message.subject ?? '',
      text: String(message.text ?? ''),
      html: String(message.html ?? ''),
      at: new Date().toISOString(),
    }
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await writeFile(join(this.folder, `${mail.id}.json`), JSON.stringify(mail), { mode: 0o600 })
    for (const old of (await ids(this.folder)).slice(KEEP))
      await rm(join(this.folder, `${old}.json`))
    const envelope = { from: '', to: [mail.to] }
    return new MailResponse(mail.id, envelope, { id: mail.id })
  }
}

/** The kept mail, newest first. */
export async function readMailbox(folder: string): Promise<KeptMail[]> {
  const mails = await Promise.all((await ids(folder)).map((id) => findMail(folder, id)))
  return mails.filter((mail) => mail !== null)
}

/** One kept mail, or null when there is none of this id. */
export async function findMail(folder: string, id: string): Promise<KeptMail | null> {
  if (!(await ids(folder)).includes(id)) return null
  return JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8'))
}

/** UUIDv7 sorts by time, so the newest file is the last by name. */
async function ids(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -5))
    .sort()
    .reverse()
}

function addresses(to: NodeMailerMessage['to']): string {
  return [to]
    .flat()
    .map((one) => (typeof one === 'string' ? one : (one?.address ?? '')))
    .join(', ')
}
