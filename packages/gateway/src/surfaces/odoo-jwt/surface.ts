import type { JwtSurface } from '../jwt-tokens/jwt-surface.ts'

/** The surface of odoo_jwt, as its grants name it. */
export const odooJwtSurface: JwtSurface = { surface: 'odoo-jwt', clientId: 'odoo-jwt', signedOutWord: 'done' }
