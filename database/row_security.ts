/**
 * The one way a table of a tenant is made (design: every tenant table alike; the catalogue test compares).
 * `id` is declared first because Lucid's generator takes the first key column as the model's key.
 */
export function tenantTable(name: string, columns: string): string {
  return `
    create table app.${name} (
      id uuid not null,
      tenant_id uuid not null
        default nullif(current_setting('app.tenant_id', true), '')::uuid
        references app.tenants (id) on delete cascade,
      ${columns},
      primary key (tenant_id, id)
    );
    alter table app.${name} enable row level security;
    alter table app.${name} force row level security;
    create policy tenant_rows on app.${name}
      using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
      with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
    grant select, insert, update, delete on app.${name} to nyx_app, nyx_admin;
  `
}

/** A table that belongs to no tenant: closed, until its migration names who needs what of it. */
export function globalTable(name: string, columns: string): string {
  return `
    create table app.${name} (${columns});
    alter table app.${name} enable row level security;
    alter table app.${name} force row level security;
    grant select, insert, update, delete on app.${name} to nyx_admin;
  `
}

/** A function that runs as nyx_definer, past row security. The catalogue test holds the list of them. */
export function definerFunction(signature: string, definition: string): string {
  return `
    create function app.${definition};
    grant create on schema app to nyx_definer;
    alter function app.${signature} owner to nyx_definer;
    revoke create on schema app from nyx_definer;
    revoke all on function app.${signature} from public;
    grant execute on function app.${signature} to nyx_app;
  `
}
