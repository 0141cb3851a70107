import { writeSync } from 'node:fs'
import { systemClock } from '../../kernel/clock.ts'
import { systemRandom } from '../../kernel/random.ts'
import { openStore } from '../../store/store.ts'
import { DEFAULT_TOKEN_LIFETIMES } from '../lifetimes.ts'
import { createSealer, deriveMasterKey } from '../sealer.ts'
import { createTokenService } from '../token-service.ts'

/*
 * For tests: a process of its own that rotates a refresh token for as long as it lives, and acknowledges each one by a
 * line on its standard output, as a server does by its answer. Arguments: place of the store as JSON, master secret, first token.
 */
const [at = '', secret = '', firstToken = ''] = process.argv.slice(2)
const store = await openStore({ at: JSON.parse(at) })
const tokens = await createTokenService({
  store,
  sealer: createSealer({ masterKey: deriveMasterKey(secret), random: systemRandom }),
  clock: systemClock,
  random: systemRandom,
  issuer: 'https://gate.example',
  lifetimes: { ...DEFAULT_TOKEN_LIFETIMES, graceSeconds: 60 },
})
let token = firstToken
while (true) {
  token = (await tokens.rotate(token)).refreshToken
  writeSync(1, `${token}\n`)
}
