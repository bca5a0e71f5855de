import type { Rule } from 'eslint'
import { brokenLaw } from './house.ts'
import { importedPath, projectPath } from './paths.ts'

const exports = ':matches(ExportNamedDeclaration, ExportAllDeclaration)'
const loads = `:matches(ImportDeclaration[importKind!="type"], ${exports}[exportKind!="type"]) > .source`
const names = `:matches(ImportDeclaration[importKind="type"], ${exports}[exportKind="type"], ImportExpression) > .source`

/** Imports point down the house. Types count: who names a type knows the thing. */
export const layers: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { broken: '{{says}}' } },

  create(context) {
    const file = projectPath(context.filename)

    function check(node: Rule.Node, atLoad: boolean) {
      if (node.type !== 'Literal' || typeof node.value !== 'string') return
      const law = brokenLaw(file, importedPath(file, node.value), atLoad)
      if (law) context.report({ node, messageId: 'broken', data: { says: law.says } })
    }

    return {
      [loads]: (node: Rule.Node) => check(node, true),
      [names]: (node: Rule.Node) => check(node, false),
      'TSImportType Literal': (node: Rule.Node) => check(node, false),
    }
  },
}
