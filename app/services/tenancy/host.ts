import nyx from '#config/nyx'

export type RequestedHost = {
  /** Lower-case, without port and trailing dot. */
  host: string
  isApex: boolean
  /** The label below the apex, when the host is one. */
  slug: string | null
}

/** What a Host header asks for, or null when it is not a host name at all. */
export function readHost(header: string | undefined): RequestedHost | null {
  const host = normaliseHost(header)
  if (!host) return null

  const apexes = apexHosts()
  if (apexes.includes(host)) return { host, isApex: true, slug: null }

  const parent = apexes.find((apex) => host.endsWith(`.${apex}`))
  if (!parent) return { host, isApex: false, slug: null }

  const label = host.slice(0, -parent.length - 1)
  return {
    host,
    isApex: false,
    slug: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) ? label : '',
  }
}

/** The origin that links to this host start with, with the apex's scheme and port. */
export function originOf(host: string) {
  const { protocol, port } = nyx.appUrl
  return `${protocol}//${host}${port ? `:${port}` : ''}`
}

function normaliseHost(header: string | undefined): string | null {
  if (!header || header.length > 260) return null
  const host = header
    .trim()
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host) && !host.includes('..') ? host : null
}

/** In demo and development the loopback names are the apex too. */
function apexHosts() {
  const configured = nyx.appUrl.hostname.toLowerCase()
  return nyx.developer ? [...new Set([configured, 'localhost', '127.0.0.1'])] : [configured]
}
