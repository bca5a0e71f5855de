import { BaseSeeder } from '@adonisjs/lucid/seeders'
import Membership from '#models/membership'
import Tenant from '#models/tenant'
import User from '#models/user'
import { createBuiltInPersonas } from '#services/discussions/index'
import { withAdminScope } from '#services/tenancy/index'
import { DEMO_PEOPLE } from '#database/demo/people'
import { seedSampleDiscussion } from '#database/demo/sample_discussion'

/** The workspace a newcomer finds: three people, four personas, and one discussion that came to something. */
export default class DemoSeeder extends BaseSeeder {
  async run() {
    await withAdminScope('demo seed', async () => {
      const tenant = await Tenant.firstOrCreate({ slug: 'demo' }, { name: 'Harbour & Pine' })
      const people = []
      for (const { email, name, role } of DEMO_PEOPLE) {
        const user = await User.firstOrCreate({ email }, { name })
        await Membership.firstOrCreate({ tenantId: tenant.id, userId: user.id }, { role })
        people.push(user)
      }
      const personas = await createBuiltInPersonas(tenant.id)
      await seedSampleDiscussion(tenant.id, { asker: people[0], colleague: people[1], personas })
    })
  }
}
