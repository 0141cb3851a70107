import { join } from 'node:path'

/** The launcher behind the command `gatehouse`, and behind `npm start`. */
export const LAUNCHER = join(import.meta.dirname, '../../packages/gateway/bin/gatehouse.cjs')
