import { StartError } from '../start-error.ts'

/** What the sandbox was to be started on. */
export type SandboxPlace = { readonly host: string; readonly port: number; readonly file: string | undefined }

/** Why the sandbox did not start, as a sentence that says what to do; anything else stays the mistake that it is. */
export function sandboxStartError(cause: unknown, { host, port, file }: SandboxPlace): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') {
    const sentence = `Port ${port} of ${host} is taken: stop what listens there, or choose another with --port.`
    return new StartError(sentence, { cause })
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(`Cannot listen on ${host}:${port} (${code}): choose others with --host and --port.`, {
      cause,
    })
  }
  if (code === 'EBUSY') {
    const sentence = `Another sandbox or program has ${file} open: stop it first, or name another file with --file.`
    return new StartError(sentence, { cause })
  }
  if (file === undefined || !(cause instanceof Error)) return cause
  return new StartError(
    `The sandbox cannot use ${file} (${cause.message}): name another file with --file, or remove this one to start anew.`,
    { cause },
  )
}
