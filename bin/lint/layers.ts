import type { Rule } from 'eslint'
import { brokenLaw } from './house.ts'
import { importedPath, projectPath } from './paths.ts'

const imports = [
  ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression) > .source',
  'TSImportType Literal',
].join(', ')

/** Imports point down the house. Types count: who names a type knows the thing. */
export const layers: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { broken: '{{says}}' } },

  create(context) {
    const file = projectPath(context.filename)

    function check(node: Rule.Node) {
      if (node.type !== 'Literal' || typeof node.value !== 'string') return
      const law = brokenLaw(file, importedPath(file, node.value))
      if (law) context.report({ node, messageId: 'broken', data: { says: law.says } })
    }

    return { [imports]: check }
  },
}
