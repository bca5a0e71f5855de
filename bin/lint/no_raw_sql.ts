import type { Rule } from 'eslint'

const raw = /^(raw|rawQuery|knexRawQuery|[a-z]\w*Raw)$/

/** SQL as a string knows no columns, types or bindings of ours. It is read with care in two places only. */
export const noRawSql: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      raw: 'SQL as a string belongs to database/ and services/tenancy: use the query builder, or a function in a migration.',
    },
  },

  create(context) {
    return {
      'CallExpression > MemberExpression.callee'(node: Rule.Node) {
        if (node.type === 'MemberExpression' && raw.test(calledName(node.property)))
          context.report({ node, messageId: 'raw' })
      },
    }
  },
}

function calledName(property: { type: string; name?: string; value?: unknown }) {
  return property.name ?? String(property.value)
}
