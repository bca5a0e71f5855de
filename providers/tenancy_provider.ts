import { BaseModel } from '@adonisjs/lucid/orm'
import type { ApplicationService } from '@adonisjs/core/types'

/** From here on no model reaches the database outside a unit of work. */
export default class TenancyProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { TenantAdapter } = await import('#services/tenancy/index')
    const db = await this.app.container.make('lucid.db')
    BaseModel.$adapter = new TenantAdapter(db)
  }
}
