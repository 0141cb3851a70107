#!/usr/bin/env node
'use strict'

// The command `gatehouse`. On Node.js 24 or newer it is the command line itself; on an older one it starts the same
// file again under the Node.js that the checkout carries. Exit code 78 is EX_CONFIG of sysexits.h.

const runtime = require('./runtime.cjs')

if (runtime.isRecent(process.versions.node) && runtime.wantsHeapFlags()) {
  runtime.handOver(process.execPath, [...runtime.HEAP_FLAGS, __filename, ...process.argv.slice(2)])
}
runtime.endWithParent()
if (runtime.isRecent(process.versions.node)) {
  // What was compiled is kept beside the code, where only those write who could change the code itself, and not in the
  // shared temporary folder that Node.js would take. It halves the time to start.
  require('module').enableCompileCache(require('path').join(__dirname, '..', '.cache', 'compile'))
  void import('../src/cli/main.ts')
} else {
  const node = runtime.findRuntime(__dirname)
  if (node === undefined) {
    process.stderr.write(
      `gatehouse needs Node.js ${runtime.MINIMUM_MAJOR} or newer; this is ${process.versions.node}, and no other was found.\n` +
        'Install it from https://nodejs.org, or run `npm ci` in the checkout without leaving out optional packages.\n',
    )
    process.exitCode = 78
  } else {
    runtime.handOver(node, [...runtime.HEAP_FLAGS, __filename, ...process.argv.slice(2)], { lifeline: true })
  }
}
