import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureKeyCheck } from './key-check.ts'
import { measureList } from './list.ts'
import { measureMemory } from './memory.ts'
import { measurePolicyDecision } from './policy-decision.ts'
import { measureProtectedCall } from './protected-call.ts'
import { type Row, renderReport } from './report.ts'
import { measureRotation } from './rotation.ts'
import { measureSandbox } from './sandbox.ts'
import { measureStart } from './start.ts'

/** Everything that is measured, in this order, nothing at the same time. */
const MEASURES: readonly (() => Promise<readonly Row[]>)[] = [
  measureSandbox,
  measureStart,
  measurePolicyDecision,
  measureRotation,
  measureKeyCheck,
  measureProtectedCall,
  measureList,
  measureMemory,
]

const rows: Row[] = []
for (const measure of MEASURES) {
  for (const row of await measure()) {
    rows.push(row)
    process.stdout.write(`${row.met ? 'met   ' : 'MISSED'} ${row.what}: ${row.measured} (target ${row.target})\n`)
  }
}
writeFileSync(join(import.meta.dirname, '../RESULTS.md'), renderReport(rows))
