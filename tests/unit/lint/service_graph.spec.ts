import { test } from '@japa/runner'
import { findCycle, readServiceGraph, serviceGraph } from '../../../bin/lint/service_graph.ts'

test.group('Lint: services know each other one way', () => {
  test('no service folder knows itself by a detour', ({ assert }) => {
    const graph = readServiceGraph()

    assert.include([...(graph.get('discussions') ?? [])], 'llm')
    assert.isNull(findCycle(graph))
  })

  test('a cycle is found, be it of types and lazy imports', ({ assert }) => {
    const graph = serviceGraph([
      { file: 'app/services/audit/index.ts', text: "import '#services/tenancy/index'" },
      { file: 'app/services/tenancy/scope.ts', text: "import type { A } from '../llm/index.ts'" },
      {
        file: 'app/services/llm/a.ts',
        text: "export const a = () => import('#services/audit/index')",
      },
    ])

    assert.deepEqual(findCycle(graph), ['audit', 'tenancy', 'llm', 'audit'])
  })

  test('two ways to the same folder are no cycle', ({ assert }) => {
    const graph = serviceGraph([
      { file: 'app/services/discussions/a.ts', text: "import '#services/queue/index'" },
      { file: 'app/services/discussions/b.ts', text: "import '#services/tenancy/index'" },
      { file: 'app/services/queue/index.ts', text: "import '#services/tenancy/index'" },
    ])

    assert.isNull(findCycle(graph))
  })
})
