import { randomBytes } from 'node:crypto'
import Membership from '#models/membership'
import Tenant from '#models/tenant'
import User from '#models/user'
import type Persona from '#models/persona'
import { createBuiltInPersonas } from '#services/discussions/index'
import { withAdminScope } from '#services/tenancy/index'
import type { Role } from '#services/identity/index'

export type Workspace = {
  tenant: Tenant
  people: Record<Role, User>
  personas: Persona[]
  /** `<slug>.localhost`, the tenant's own host. */
  host: string
}

const ROLES: Role[] = ['owner', 'admin', 'member', 'viewer']

/** A workspace that no other test knows, with one person of each role and the built-in personas. */
export async function makeWorkspace(): Promise<Workspace> {
  return withAdminScope('test workspace', async () => {
    const slug = `t-${randomBytes(6).toString('hex')}`
    const tenant = await Tenant.create({ slug, name: `Workspace ${slug}` })
    const people: Partial<Record<Role, User>> = {}
    for (const role of ROLES) {
      people[role] = await User.create({
        email: `${role}@${slug}.example`,
        name: `${role} of ${slug}`,
      })
      await Membership.create({ tenantId: tenant.id, userId: people[role].id, role })
    }
    return {
      tenant,
      people: people as Record<Role, User>,
      personas: await createBuiltInPersonas(tenant.id),
      host: `${slug}.localhost`,
    }
  })
}
