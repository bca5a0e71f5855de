import { BaseSchema } from '@adonisjs/lucid/schema'
import { definerFunction } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      definerFunction(
        'resolve_host(text, text)',
        `resolve_host(p_host text, p_slug text)
        returns table (tenant_id uuid, slug text, name text, suspended boolean)
        language sql stable security definer set search_path = pg_catalog, app, pg_temp
        as $$
          select t.id, t.slug, t.name, t.suspended_at is not null
          from app.tenants t
          where t.slug = p_slug
          union all
          select t.id, t.slug, t.name, t.suspended_at is not null
          from app.custom_domains d join app.tenants t on t.id = d.tenant_id
          where p_slug is null and d.host = p_host and d.verified_at is not null
          limit 1
        $$`
      )
    )
  }

  async down() {
    this.schema.raw(`drop function app.resolve_host(text, text)`)
  }
}
