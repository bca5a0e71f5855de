import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, statSync } from 'node:fs'
import { Refusal } from './refusal.mjs'

const accountName = 'nyxcore'

/**
 * The system user that PostgreSQL runs as when we are root, `{ uid, gid }`; null for an ordinary
 * user, who runs it himself. A cluster that exists already keeps the owner it has.
 */
export function databaseAccount(cluster) {
  if (process.platform === 'win32' || process.getuid() !== 0) return null
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  return lookUp() ?? create()
}

/** Asked of the kernel itself, because parents, groups and access lists all have a say. */
export function mayUse(account, flag, path) {
  if (!account) return true
  const probe = spawnSync('/bin/sh', ['-c', `test ${flag} "$1"`, 'sh', path], {
    ...account,
    cwd: '/',
  })
  if (probe.error) throw cannotSwitch(probe.error)
  return probe.status === 0
}

export function giveTo(account, path) {
  if (account) chownSync(path, account.uid, account.gid)
}

function lookUp() {
  const uid = spawnSync('id', ['-u', accountName], { encoding: 'utf8' })
  const gid = spawnSync('id', ['-g', accountName], { encoding: 'utf8' })
  if (uid.status !== 0 || gid.status !== 0) return null
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

function create() {
  const attempts = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']],
    ['adduser', ['-S', '-D', '-H']],
  ]
  for (const [command, args] of attempts) {
    const made = spawnSync(command, [...args, accountName], { encoding: 'utf8' })
    const account = made.status === 0 ? lookUp() : null
    if (account) return account
  }
  throw new Refusal(
    `PostgreSQL does not run as root and the system user "${accountName}" could not be made: create it (useradd --system ${accountName}), start as an ordinary user, or set DATABASE_PROVISION_URL to a server of your own.`
  )
}

function cannotSwitch(cause) {
  return new Refusal(
    `PostgreSQL does not run as root and this process may not switch to the user "${accountName}" (${cause.code}): start as an ordinary user.`,
    { cause }
  )
}
