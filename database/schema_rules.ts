import type { SchemaRules } from '@adonisjs/lucid/types/schema_generator'

const key = {
  tsType: 'string',
  decorators: [{ name: '@column', args: { isPrimary: true } }],
}

/**
 * Models save by `id`. The key of a tenant's table is (tenant_id, id), and taking tenant_id for the key would let
 * one save write a whole tenant.
 */
export default {
  primaryKey: (_table, keys, columns) =>
    keys.length && columns.id ? { columnName: 'id', columnInfo: key } : undefined,
  types: {
    jsonb: {
      tsType: 'Record<string, unknown>',
      decorators: [{ name: '@column' }],
    },
  },
  tables: {
    memberships: { columns: { role: union("'owner' | 'admin' | 'member' | 'viewer'") } },
    discussions: {
      columns: {
        mode: union("'single' | 'parallel' | 'consensus'"),
        visibility: union("'workspace' | 'private'"),
      },
    },
    messages: {
      columns: {
        role: union("'user' | 'assistant'"),
        status: union("'queued' | 'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'"),
      },
    },
  },
} satisfies SchemaRules

function union(tsType: string) {
  return { tsType, decorators: [{ name: '@column' }] }
}
