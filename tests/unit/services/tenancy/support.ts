import Discussion from '#models/discussion'
import { withTenantScope, type TenantClaim } from '#services/tenancy/index'
import { makeWorkspace } from '#tests/support/workspace'

export type Claim = TenantClaim & { userId: string }

/** Two tenants, each claimed by its owner. */
export async function makeTenants(): Promise<{ here: Claim; there: Claim }> {
  const [here, there] = [await makeWorkspace(), await makeWorkspace()]
  const claim = ({ tenant, people }: typeof here) => ({
    tenantId: tenant.id,
    userId: people.owner.id,
  })
  return { here: claim(here), there: claim(there) }
}

/** A discussion of the claim's tenant, in the open unit of the same claim or in one of its own. */
export async function makeDiscussion(claim: Claim, title: string): Promise<Discussion> {
  return withTenantScope(claim, () => Discussion.create({ ownerId: claim.userId, title }))
}

export async function titlesOf(claim: TenantClaim): Promise<string[]> {
  return withTenantScope(claim, async () =>
    (await Discussion.query().orderBy('id')).map(({ title }) => title)
  )
}
