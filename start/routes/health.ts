import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { open } from '#start/access'

open(router.get('/health', [controllers.Health, 'show']).as('health.show'), 200)
