#!/usr/bin/env node
// Old syntax on purpose: a Node too old to run nyxCore must still be able to say so.
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    'nyxCore needs Node 20 or newer, this is Node ' +
      process.versions.node +
      ': install it from https://nodejs.org and run the command again.'
  )
  process.exit(1)
}
import('./lib/main.mjs').then((main) => main.run(process.argv.slice(2)))
