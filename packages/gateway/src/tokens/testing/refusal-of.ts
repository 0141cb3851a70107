import { GatehouseError } from '../../kernel/error.ts'

/** For tests: the error that a call is refused with. Fails when it is not refused, or by anything else. */
export async function refusalOf(call: Promise<unknown>): Promise<GatehouseError> {
  const outcome = await call.then(
    () => 'accepted',
    (error: unknown) => error,
  )
  if (outcome instanceof GatehouseError) return outcome
  throw new Error('Not refused as it should be.', { cause: outcome })
}

/** For tests: the code that a call is refused with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call)).code
}
