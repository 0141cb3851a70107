/** Something that whoever starts the gateway can mend: told as one sentence that says what to do, without a trace. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
