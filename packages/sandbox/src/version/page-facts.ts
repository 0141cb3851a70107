/** Pages and what programs ask a server; odoo web, controllers/home.py. */
export type PageFacts = {
  /** Where the web client is. */
  readonly home: '/web' | '/odoo'
  /** The login form is told where its visitor wanted to go. */
  readonly loginKeepsTarget: boolean
  /** `type=password` is among the fields of the login form. */
  readonly loginNamesType: boolean
  /** `Cache-Control: no-cache` of the login form, `no-store` of the web client. */
  readonly loginIsStored: boolean
  readonly clientIsStored: boolean
  /** `/web/health?db_server_status=1` tells of PostgreSQL. */
  readonly healthTellsDatabase: boolean
  readonly robotsType: 'text/html; charset=utf-8' | 'text/plain'
  /** The status for a session at a route that wants a key (`/json/1`). */
  readonly sessionForKey: 401 | 403
  /** What loading an action that does not exist is: a MissingError, and `false` for an id; or an error of its own. */
  readonly unknownAction: 'missing_error' | 'missing_action'
}

export const pages17: PageFacts = {
  home: '/web',
  loginKeepsTarget: false,
  loginNamesType: false,
  loginIsStored: true,
  clientIsStored: true,
  healthTellsDatabase: false,
  robotsType: 'text/html; charset=utf-8',
  sessionForKey: 403,
  unknownAction: 'missing_error',
}

export const pages18: PageFacts = {
  home: '/odoo',
  loginKeepsTarget: true,
  loginNamesType: true,
  loginIsStored: false,
  clientIsStored: true,
  healthTellsDatabase: true,
  robotsType: 'text/html; charset=utf-8',
  sessionForKey: 403,
  unknownAction: 'missing_action',
}

export const pages19: PageFacts = {
  home: '/odoo',
  loginKeepsTarget: true,
  loginNamesType: true,
  loginIsStored: false,
  clientIsStored: false,
  healthTellsDatabase: true,
  robotsType: 'text/plain',
  sessionForKey: 401,
  unknownAction: 'missing_action',
}
