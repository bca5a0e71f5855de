import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { writeAtomic } from './files.mjs'
import { fromRoot } from './paths.mjs'
import { Refusal, refusalFor } from './refusal.mjs'

const loopback = /^(localhost|127(\.\d+){3}|::1)$/
const heading = '# Made by the first start. What each variable does stands in .env.example.'

const isPort = (value) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535
const isSwitch = (value) => ['0', '1', 'true', 'false'].includes(value)
const isUrl = (protocols) => (value) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol)
const isDatabaseUrl = isUrl(['postgres:', 'postgresql:'])
const databaseRule = [isDatabaseUrl, 'is not a URL like postgres://user:password@host:5432/name']

const portRule = [isPort, 'is not a port between 1 and 65535']
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

const rules = {
  PORT: portRule,
  SMTP_PORT: portRule,
  LOG_LEVEL: [(value) => levels.includes(value), `is none of ${levels.join(', ')}`],
  ANTHROPIC_BASE_URL: [isUrl(['http:', 'https:']), 'is not a URL like https://api.anthropic.com'],
  DATABASE_POOL_MAX: [(value) => /^[1-9]\d{0,3}$/.test(value), 'is not a number from 1 to 9999'],
  APP_KEY: [(value) => value.length >= 16, 'is too short: 16 characters or more'],
  APP_URL: [isUrl(['http:', 'https:']), 'is not a URL like http://localhost:3333'],
  NYX_DEMO: [isSwitch, 'is neither 1 nor 0'],
  ALLOW_HTTP: [isSwitch, 'is neither 1 nor 0'],
  DATABASE_URL: databaseRule,
  DATABASE_ADMIN_URL: databaseRule,
  DATABASE_MIGRATE_URL: databaseRule,
  DATABASE_PROVISION_URL: databaseRule,
}

/**
 * What the program runs with: the operator's environment first, then `.env` (made or completed
 * here), then what can be derived. Empty values count as absent.
 */
export function loadEnvironment(path = fromRoot('.env'), given = process.env) {
  const file = completeFile(path, given)
  check(given, file, path)
  const env = { ...file.values, ...withoutEmpty(given) }
  env.HOST ??= '127.0.0.1'
  env.PORT ??= '3333'
  env.APP_URL ??= `http://localhost:${env.PORT}`
  refuseOpenDemo(env)
  refuseHalfDatabase(env)
  return env
}

/** `{ values, lines }` of a file in the usual NAME=value form, quotes and comments included. */
export function parseEnv(text, path = '.env') {
  const values = {}
  const lines = {}
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index].trim()
    const number = index + 1
    if (row === '' || row.startsWith('#')) continue
    const assignment = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(row)
    if (!assignment) {
      throw new Refusal(
        `${path} line ${number} is not of the form NAME=value: correct it, or put a # before it.`
      )
    }
    const [, name, rest] = assignment
    const quote = /^["'`]/.exec(rest)?.[0]
    let value = rest
    if (quote) {
      while (closing(value, quote) === -1 && index + 1 < rows.length) value += `\n${rows[++index]}`
      const end = closing(value, quote)
      if (end === -1) {
        throw new Refusal(`${path} line ${number}: the ${quote} after ${name}= is never closed.`)
      }
      value = value.slice(1, end)
      if (quote === '"') value = value.replace(/\\n/g, '\n').replace(/\\(["\\])/g, '$1')
    } else {
      value = value.replace(/(^|\s+)#.*$/, '').trim()
    }
    values[name] = value
    lines[name] = number
  }
  return { values: withoutEmpty(values), lines }
}

function closing(text, quote) {
  for (let index = 1; index < text.length; index++) {
    if (quote === '"' && text[index] === '\\') index++
    else if (text[index] === quote) return index
  }
  return -1
}

/** The key is the sign of a first start: without one the file gets its secrets and the demo. */
function completeFile(path, given) {
  const text = existsSync(path) ? readText(path) : ''
  const file = parseEnv(text, path)
  if (file.values.APP_KEY) return file
  const wanted = {
    HOST: '127.0.0.1',
    PORT: '3333',
    APP_KEY: randomBytes(32).toString('base64url'),
    NYX_DEMO: '1',
  }
  const missing = Object.entries(wanted).filter(([name]) => file.values[name] === undefined)
  const before = text === '' ? heading : text.replace(/\n*$/, '')
  const added = missing.map(([name, value]) => `${name}=${value}`).join('\n')
  check(given, file, path)
  writeAtomic(path, `${before}\n\n${added}\n`, 0o600)
  return parseEnv(readText(path), path)
}

function readText(path) {
  try {
    const text = readFileSync(path, 'utf8')
    if (!text.includes('\0')) return text
  } catch (error) {
    throw refusalFor(error, path)
  }
  throw new Refusal(`${path} is not a text file: move it away and start again.`)
}

function check(given, file, path) {
  const outside = withoutEmpty(given)
  for (const [name, [holds, complaint]] of Object.entries(rules)) {
    if (outside[name] !== undefined) {
      if (!holds(outside[name])) {
        throw new Refusal(`The environment variable ${name} ${complaint}: correct or unset it.`)
      }
    } else if (file.values[name] !== undefined && !holds(file.values[name])) {
      throw new Refusal(`${path} line ${file.lines[name]}: ${name} ${complaint}.`)
    }
  }
}

function refuseOpenDemo(env) {
  if (!['1', 'true'].includes(env.NYX_DEMO) || loopback.test(env.HOST)) return
  throw new Refusal(
    `HOST=${env.HOST} would show the demo, with its open sign-in, to other machines: set HOST=127.0.0.1, or NYX_DEMO=0 for real use.`
  )
}

function refuseHalfDatabase(env) {
  const names = ['DATABASE_URL', 'DATABASE_ADMIN_URL', 'DATABASE_MIGRATE_URL']
  const missing = names.filter((name) => !env[name])
  if (missing.length > 0 && missing.length < names.length) {
    throw new Refusal(
      `${missing.join(' and ')} must be set as well: run "node ace db:provision" to get all three, or unset all three for the embedded database.`
    )
  }
  if (missing.length === names.length && env.DATABASE_PROVISION_URL) {
    throw new Refusal(
      'DATABASE_PROVISION_URL is set but DATABASE_URL is not: run "node ace db:provision" once, or unset it for the embedded database.'
    )
  }
}

function withoutEmpty(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value?.trim()))
}
