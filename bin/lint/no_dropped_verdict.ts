import type { Rule } from 'eslint'

type Call = Extract<Rule.Node, { type: 'CallExpression' }>

/** `allows` and `denies` only answer: an answer nobody waits for, or looks at, lets everybody in. */
export const noDroppedVerdict: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      dropped: 'Nobody looks at this answer: use authorize(), or act on the boolean.',
      unawaited: 'This is a promise, which is always true: await it.',
    },
  },

  create(context) {
    return {
      CallExpression(node) {
        const verb = verdictOf(node)
        if (!verb) return
        const { parent } = outermost(node)
        if (parent?.type === 'AwaitExpression') {
          if (verb !== 'authorize' && isDropped(parent))
            context.report({ node, messageId: 'dropped' })
        } else if (!handsOn(parent)) context.report({ node, messageId: 'unawaited' })
      },
    }
  },
}

/** The verb, if this call asks a bouncer: `bouncer.allows(…)`, `ctx.bouncer.with(Policy).denies(…)`. */
function verdictOf({ callee }: Call) {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
  const verb = callee.property.name
  if (!['allows', 'denies', 'authorize'].includes(verb)) return
  return speaksOfBouncer(callee.object) ? verb : undefined
}

function speaksOfBouncer(node: Call['callee']): boolean {
  if (node.type === 'Identifier') return /bouncer$/i.test(node.name)
  if (node.type === 'CallExpression') return speaksOfBouncer(node.callee)
  if (node.type === 'ChainExpression') return speaksOfBouncer(node.expression)
  if (node.type !== 'MemberExpression') return false
  const { property } = node
  return (
    (property.type === 'Identifier' && /bouncer$/i.test(property.name)) ||
    speaksOfBouncer(node.object)
  )
}

function outermost(node: Rule.Node): Rule.Node {
  return node.parent?.type === 'ChainExpression' ? node.parent : node
}

/** The promise goes to somebody who can still await it. */
function handsOn(parent: Rule.Node | null) {
  return (
    parent !== null &&
    ['ReturnStatement', 'ArrowFunctionExpression', 'ArrayExpression'].includes(parent.type)
  )
}

function isDropped({ parent }: Rule.Node) {
  return (
    parent?.type === 'ExpressionStatement' ||
    (parent?.type === 'UnaryExpression' && parent.operator === 'void')
  )
}
