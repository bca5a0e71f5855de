import { test } from '@japa/runner'
import { rulesBroken } from './support.ts'

const asker = 'app/services/discussions/ask.ts'

const breaches = [
  [
    'a service that knows a request',
    asker,
    "import type { HttpContext } from '@adonisjs/core/http'",
  ],
  ['a service that knows a controller', asker, "import A from '#controllers/events_controller'"],
  [
    'a service that knows a transformer',
    asker,
    "import A from '#transformers/persona_transformer'",
  ],
  ['a service that knows middleware', asker, "import A from '#middleware/host_middleware'"],
  ['a service that knows routes', asker, "import { access } from '#start/access'"],
  ['a service that knows a job', asker, "import AnswerJob from '#jobs/answer_job'"],
  ['a service past a front door', asker, "import { a } from '#services/tenancy/scope'"],
  ['a front door passed by a relative path', asker, "import { a } from '../tenancy/scope.ts'"],
  ['a front door passed by a type', asker, "type A = import('#services/tenancy/scope').Scope"],
  ['a front door passed later', asker, "export const a = () => import('#services/tenancy/scope')"],
  [
    'a front door passed by an exported type',
    asker,
    "export type { A } from '#services/tenancy/scope'",
  ],
  ['a front door passed by an export', asker, "export { a } from '#services/tenancy/scope'"],
  ['discussions that know workflows', asker, "import { a } from '#services/workflows/index'"],
  [
    'workflows that know discussions',
    'app/services/workflows/run.ts',
    "import { ask } from '#services/discussions/index'",
  ],
  [
    'a model that knows a service',
    'app/models/tenant.ts',
    "import { ask } from '#services/discussions/index'",
  ],
  [
    'a model that knows a request',
    'app/models/tenant.ts',
    "import type { HttpContext } from '@adonisjs/core/http'",
  ],
  [
    'a job past a front door',
    'app/jobs/answer_job.ts',
    "import { answer } from '#services/discussions/answer'",
  ],
  ['a job that knows a model', 'app/jobs/answer_job.ts', "import Message from '#models/message'"],
  [
    'a job that knows a policy',
    'app/jobs/answer_job.ts',
    "import A from '#policies/discussion_policy'",
  ],
  [
    'a command that knows a model',
    'commands/db_provision.ts',
    "import Message from '#models/message'",
  ],
  [
    'a controller past a front door',
    'app/controllers/events_controller.ts',
    "import { a } from '#services/llm/registry'",
  ],
  [
    'a controller that enqueues',
    'app/controllers/events_controller.ts',
    "import A from '#jobs/answer_job'",
  ],
  [
    'a controller that asks the database',
    'app/controllers/events_controller.ts',
    "import db from '@adonisjs/lucid/services/db'",
  ],
  [
    'a transformer that asks the database',
    'app/transformers/persona_transformer.ts',
    "import db from '@adonisjs/lucid/services/db'",
  ],
  [
    'a policy that knows a job',
    'app/policies/discussion_policy.ts',
    "import A from '#jobs/answer_job'",
  ],
  [
    'a seed past a front door',
    'database/demo/people.ts',
    "import { a } from '#services/tenancy/scope'",
  ],
  [
    'a policy that knows a controller',
    'app/policies/discussion_policy.ts',
    "import A from '#controllers/events_controller'",
  ],
  [
    'a provider that knows a controller',
    'providers/llm_provider.ts',
    "import A from '#controllers/events_controller'",
  ],
  [
    'a transformer that loads an adapter',
    'app/transformers/model_transformer.ts',
    "import { a } from '#services/llm/anthropic_provider'",
  ],
  ['a service that reads the environment', asker, "import env from '#start/env'"],
  [
    'a provider that reads the environment',
    'providers/llm_provider.ts',
    "import env from '#start/env'",
  ],
  [
    'a service that knows the demo data',
    asker,
    "import { DEMO_OWNER } from '#database/demo/people'",
  ],
  ['pg-boss outside the queue', asker, "import { PgBoss } from 'pg-boss'"],
  ['a vendor outside the port', asker, "import Anthropic from '@anthropic-ai/sdk'"],
  ['a vendor in a provider', 'providers/llm_provider.ts', "import OpenAI from 'openai'"],
  [
    'a page that knows a service',
    'inertia/composables/use_now.ts',
    "import { ask } from '#services/discussions/index'",
  ],
  [
    'a page that knows a model by path',
    'inertia/composables/use_now.ts',
    "import A from '../../app/models/user'",
  ],
  [
    'a page that knows Lucid',
    'inertia/composables/use_now.ts',
    "import { a } from '@adonisjs/lucid/orm'",
  ],
  ['a helper that knows Vue', 'inertia/lib/format.ts', "import { ref } from 'vue'"],
  [
    'a helper that knows a composable',
    'inertia/lib/format.ts',
    "import { a } from '~/composables/use_now'",
  ],
  [
    'a service that knows a composable',
    asker,
    "import { a } from '../../../inertia/composables/use_now.ts'",
  ],
]

const allowed = [
  [asker, "import { currentScope } from '#services/tenancy/index'"],
  [asker, "import { render } from './render.ts'"],
  [asker, "import { render } from '#services/discussions/render'"],
  [asker, "import { renderMarkdown } from '#inertia/lib/markdown'"],
  ['app/jobs/answer_job.ts', "import { answer } from '#services/discussions/index'"],
  ['app/services/queue/pg_boss_engine.ts', "import { PgBoss } from 'pg-boss'"],
  ['app/services/llm/anthropic_provider.ts', "import Anthropic from '@anthropic-ai/sdk'"],
  ['providers/llm_provider.ts', "import { a } from '#services/llm/anthropic_provider'"],
  ['config/nyx.ts', "import env from '#start/env'"],
  ['start/routes/events.ts', "import { controllers } from '#generated/controllers'"],
  ['inertia/pages/auth/confirm.ts', "import type { Data } from '@generated/data'"],
]

test.group('Lint: layers', (group) => {
  // The first file loads every plugin.
  group.tap((one) => one.timeout(60_000))

  test('{0}')
    .with(breaches)
    .run(async ({ assert }, [, file, text]) => {
      const broken = await rulesBroken(file, text)
      assert.include(broken, 'nyx/layers', `${file} may say: ${text}`)
    })

  test('{0} may say: {1}')
    .with(allowed)
    .run(async ({ assert }, [file, text]) => {
      assert.notInclude(await rulesBroken(file, text), 'nyx/layers')
    })

  test('a page may not reach the server from its script either', async ({ assert }) => {
    const page = `<script setup lang="ts">\nimport { ask } from '#services/discussions/index'\nask()\n</script>\n`

    assert.include(await rulesBroken('inertia/pages/errors/show.vue', page), 'nyx/layers')
  })
})
