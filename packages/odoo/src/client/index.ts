export { capabilitiesOf, ODOO_CAPABILITIES, type OdooCapabilities } from './capabilities.ts'
export type { OdooAnswer } from './exchange.ts'
export { type FaultFacts, OdooFault } from './fault.ts'
export {
  type ApiKeyUser,
  isOdooApiKey,
  OdooKeyAccess,
  type OdooKeyAccessOptions,
  type OdooKeyOwner,
  signInWithApiKey,
} from './key-access.ts'
export { type KeyRefusal, OdooKeyRefused } from './key-refused.ts'
export { type ApiKeyDuration, type MintedApiKey, type MintOptions, mintOdooApiKey } from './mint-api-key.ts'
export {
  beginSecondFactor,
  cancelSecondFactor,
  finishSecondFactor,
  type HalfOpenSession,
  type SecondFactorBeginning,
  type SecondFactorBegun,
  type SecondFactorCode,
  type SecondFactorPassed,
  type SecondFactorResult,
  type TrustedDevice,
} from './second-factor.ts'
export type { SecondFactorMethod } from './second-factor-page.ts'
export { OdooSession, type OdooSessionOptions } from './session.ts'
export { isSessionId } from './session-cookie.ts'
export { type OdooSessionFacts, readSessionFacts } from './session-facts.ts'
export { type PasswordCredential, type SignInResult, signInWithPassword } from './sign-in.ts'
export {
  createOdooTransport,
  type OdooTransport,
  type OdooTransportOptions,
  type RequestHeaders,
} from './transport.ts'
export { OdooUnreachable, type UnreachableDetail, type UnreachableReason } from './unreachable.ts'
export { type OdooVersion, probeVersion, readVersion } from './version.ts'
