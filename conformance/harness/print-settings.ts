import { odooSettings } from './settings.ts'

/** Prints the settings file of a gateway to test: `node conformance/harness/print-settings.ts <database> > gatehouse.yaml`. */
process.stdout.write(`${JSON.stringify(odooSettings(process.argv[2] ?? 'demo'), null, 2)}\n`)
