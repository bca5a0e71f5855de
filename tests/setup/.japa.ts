import { configure, processCLIArgs, run } from '@japa/runner'
import { assert } from '@japa/assert'
processCLIArgs(process.argv.slice(2))
configure({
  suites: [{ name: 'setup', files: ['tests/setup/**/*.spec.ts'], timeout: 60000 }],
  plugins: [assert()],
})
run()
