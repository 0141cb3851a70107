import type { JwtSurface } from '../jwt-tokens/jwt-surface.ts'

/** The surface of jwt_auth_api, as its grants name it. */
export const sendRequestSurface: JwtSurface = {
  surface: 'send-request',
  clientId: 'send-request',
  signedOutWord: 'success',
}
