import type { Route } from '../route.ts'
import { COMPANY_LOGO_ROUTES } from './company-logo.ts'
import { CONTENT_ROUTES } from './content.ts'

/** Routes for files: contents and pictures, uploads, reports, exports. */
export const FILE_ROUTES: readonly Route[] = [...CONTENT_ROUTES, ...COMPANY_LOGO_ROUTES]
