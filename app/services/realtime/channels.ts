import type { TenantClaim } from '#services/tenancy/index'

/** `t/<tenantId>/<kind>/<recordId>`, ids in lower case. */
export type Channel = { name: string; tenantId: string; kind: string; recordId: string }

/** Answers whether the person of the open tenant scope may watch this record. */
export type AuthorizeChannel = (recordId: string) => Promise<boolean>

type OpenScope = <T>(claim: TenantClaim, fn: () => Promise<T>) => Promise<T>

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const NAME = new RegExp(`^t/(${UUID})/([a-z][a-z_]{0,39})/(${UUID})$`)

export function channelName(tenantId: string, kind: string, recordId: string) {
  return `t/${tenantId}/${kind}/${recordId}`
}

/** Null when the name has not the form of a channel. */
export function parseChannel(name: string): Channel | null {
  const match = NAME.exec(name)
  return match && { name, tenantId: match[1], kind: match[2], recordId: match[3] }
}

/** The kinds of channels there are. What is not registered here is denied. */
export class ChannelBook {
  #kinds = new Map<string, AuthorizeChannel>()

  constructor(private openScope: OpenScope) {}

  register(kind: string, authorize: AuthorizeChannel) {
    this.#kinds.set(kind, authorize)
  }

  /** The names among `channels` that `claim` may not watch, decided in one short unit of work. */
  async refused(claim: TenantClaim, channels: Channel[]): Promise<string[]> {
    return this.openScope(claim, async () => {
      const refused: string[] = []
      for (const channel of channels)
        if (!(await this.#allows(claim, channel))) refused.push(channel.name)
      return refused
    })
  }

  async #allows(claim: TenantClaim, channel: Channel) {
    const authorize = this.#kinds.get(channel.kind)
    if (!authorize) return false

    // Asked for another tenant's record too, so that it costs the same statements as an unknown one.
    const allowed = await authorize(channel.recordId)
    return allowed && channel.tenantId === claim.tenantId
  }
}
