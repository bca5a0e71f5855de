import { BaseSchema } from '@adonisjs/lucid/schema'
import { definerFunction } from '#database/row_security'

/**
 * Turns a sign-in link into a session, once. The session row is made here, because the app role may not
 * make one for anybody. Answers 'signed_in', 'other_browser' (nothing was used up) or 'invalid'. Without a session's id
 * it only says what would come of it: 'ready' or one of the last two.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      definerFunction(
        'consume_login_token(text, text, text, boolean, text, text, text)',
        `consume_login_token(
          p_token_hash text, p_host text, p_browser_hash text, p_any_browser boolean,
          p_session_id text, p_ip text, p_user_agent text
        )
        returns table (outcome text, user_id uuid, tenant_id uuid)
        language plpgsql volatile security definer set search_path = pg_catalog, app, pg_temp
        as $$
        declare
          v_user_id uuid;
          v_tenant_id uuid;
        begin
          if p_session_id is null then
            return query select coalesce((
              select case
                when p_any_browser or t.browser_hash is null or t.browser_hash = p_browser_hash
                then 'ready' else 'other_browser' end
              from app.login_tokens t
              where t.token_hash = p_token_hash and t.host = p_host
                and t.consumed_at is null and t.expires_at > now()
            ), 'invalid'), null::uuid, null::uuid;
            return;
          end if;

          update app.login_tokens t set consumed_at = now()
          where t.token_hash = p_token_hash
            and t.host = p_host
            and t.consumed_at is null
            and t.expires_at > now()
            and (p_any_browser or t.browser_hash is null or t.browser_hash = p_browser_hash)
          returning t.user_id, t.tenant_id into v_user_id, v_tenant_id;

          if not found then
            return query select
              case when exists (
                select 1 from app.login_tokens t
                where t.token_hash = p_token_hash and t.host = p_host
                  and t.consumed_at is null and t.expires_at > now()
              ) then 'other_browser' else 'invalid' end, null::uuid, null::uuid;
            return;
          end if;

          if not exists (select 1 from app.users u where u.id = v_user_id and u.disabled_at is null) then
            return query select 'invalid', null::uuid, null::uuid;
            return;
          end if;

          v_tenant_id := coalesce(v_tenant_id, (
            select m.tenant_id from app.memberships m where m.user_id = v_user_id
            order by m.created_at limit 1
          ));

          insert into app.user_sessions (id, user_id, active_tenant_id, host, ip, user_agent, absolute_expires_at)
          values (p_session_id, v_user_id, v_tenant_id, p_host, p_ip, left(p_user_agent, 400),
            now() + interval '30 days');

          -- A little with each sign-in: all that a flood left behind would hold this one up, and time it out.
          delete from app.login_tokens t where t.id in (
            select e.id from app.login_tokens e where e.expires_at < now() - interval '1 day' limit 500);
          delete from app.sessions d where d.id in (
            select e.id from app.sessions e where e.expires_at < now() limit 500);
          delete from app.user_sessions s where s.absolute_expires_at < now() - interval '30 days';

          return query select 'signed_in', v_user_id, v_tenant_id;
        end
        $$`
      )
    )
  }

  async down() {
    this.schema.raw(
      'drop function app.consume_login_token(text, text, text, boolean, text, text, text)'
    )
  }
}
