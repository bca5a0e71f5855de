import { apiClient } from '@japa/api-client'
import { assert } from '@japa/assert'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config } from '@japa/runner/types'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { workJobs } from '#tests/support/workers'

export const plugins: Config['plugins'] = [assert(), apiClient(), pluginAdonisJS(app)]

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [],
  teardown: [],
}

/** One server for a whole suite. Tests bring tenants of their own, so nothing is cleaned between them. */
export const configureSuite: Config['configureSuite'] = (suite) => {
  if (suite.name === 'functional' || suite.name === 'browser') {
    suite.setup(() => testUtils.httpServer().start())
    suite.setup(() => workJobs())
  }
  if (suite.name === 'browser') {
    suite.setup(async () => {
      const { startBrowser } = await import('#tests/support/browser')
      return startBrowser()
    })
  }
}
