import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    limit: '1mb',
    types: ['application/x-www-form-urlencoded'],
  },
  json: {
    convertEmptyStringsToNull: true,
    limit: '1mb',
    types: ['application/json'],
  },
  multipart: {
    // No route takes files yet: a multipart body is fields only.
    autoProcess: false,
    convertEmptyStringsToNull: true,
    limit: '1mb',
    fieldsLimit: '1mb',
    types: ['multipart/form-data'],
  },
})
