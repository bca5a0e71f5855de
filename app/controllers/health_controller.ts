import type { HttpContext } from '@adonisjs/core/http'
import { checkHealth } from '#services/health/index'

/** For load balancers and operators: asked on any host, says nothing of anybody's data. */
export default class HealthController {
  async show({ response }: HttpContext) {
    const report = await checkHealth()
    response.header('Cache-Control', 'no-store')
    return response.status(report.status === 'ok' ? 200 : 503).send(report)
  }
}
