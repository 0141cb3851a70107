import type { Route } from '../../http/route.ts'
import type { JwtSignInDeps } from '../jwt-tokens/hand-over-tokens.ts'
import type { RecordsAccess } from '../records-access.ts'
import { type LoginSettings, login } from './login.ts'
import { readRecords } from './read-records.ts'
import { createRecord, deleteRecord, updateRecord } from './write-records.ts'

/** The surface of jwt_auth_api: sign-in, and records of any model that the API exposes. */
export function sendRequestRoutes(deps: JwtSignInDeps & RecordsAccess, settings: LoginSettings): readonly Route[] {
  return [login(deps, settings), readRecords(deps), createRecord(deps), updateRecord(deps), deleteRecord(deps)]
}
