import { BaseSchema } from '@adonisjs/lucid/schema'
import { definerFunction } from '#database/row_security'

/**
 * All that a request needs to know before it may touch anything, in one statement: which tenant the host names
 * (on the apex: the session's), whose session this is, and with which role. Always one row.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      definerFunction(
        'session_context(text, text, text, boolean)',
        `session_context(p_session_id text, p_host text, p_slug text, p_is_apex boolean)
        returns table (
          data text, user_id uuid, user_name text, user_email text, touch_due boolean,
          tenant_id uuid, tenant_slug text, tenant_name text, tenant_suspended boolean, role text
        )
        language sql stable security definer set search_path = pg_catalog, app, pg_temp
        as $$
          with visit as (
            select u.id, u.name, u.email, s.active_tenant_id,
              s.last_seen_at < now() - interval '1 minute' as touch_due
            from app.user_sessions s join app.users u on u.id = s.user_id
            where s.id = p_session_id
              and s.host = p_host
              and s.revoked_at is null
              and u.disabled_at is null
              and s.absolute_expires_at > now()
              and s.last_seen_at > now() - interval '14 days'
          ),
          place as (
            select h.tenant_id, h.slug, h.name, h.suspended
            from app.resolve_host(p_host, p_slug) h
            where not p_is_apex
            union all
            select t.id, t.slug, t.name, t.suspended_at is not null
            from visit v join app.tenants t on t.id = v.active_tenant_id
            where p_is_apex
          )
          select
            (select d.data from app.sessions d where d.id = p_session_id and d.expires_at > now()),
            v.id, v.name, v.email, v.touch_due,
            p.tenant_id, p.slug, p.name, p.suspended, m.role
          from (select 1) one
          left join visit v on true
          left join place p on true
          left join app.memberships m on m.tenant_id = p.tenant_id and m.user_id = v.id
        $$`
      ) + 'grant execute on function app.resolve_host(text, text) to nyx_definer;'
    )
  }

  async down() {
    this.schema.raw('drop function app.session_context(text, text, text, boolean)')
  }
}
