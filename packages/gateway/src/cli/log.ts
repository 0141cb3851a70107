import { destination, type Logger, pino } from 'pino'
import { describeError } from './describe-error.ts'

/** Where a secret could stand if somebody logged too much; what stands there is not written. */
const REDACTED = [
  'authorization',
  'cookie',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'refreshToken',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** A log that can be flushed before the process ends. */
export type Log = { readonly log: Logger; readonly flush: () => void }

/** The log: JSON lines on standard error, so that standard output stays for people. */
export function openLog(level: string): Log {
  const stderr = destination({ dest: 2, sync: false })
  const log = pino(
    { level, base: null, serializers: { err: describeError }, redact: { paths: REDACTED, censor: '[redacted]' } },
    stderr,
  )
  return { log, flush: () => stderr.flushSync() }
}
