import type { Route } from '../route.ts'
import { COMPANY_LOGO_ROUTES } from './company-logo.ts'
import { CONTENT_ROUTES } from './content.ts'
import { EXPORT_ROUTES } from './exports.ts'
import { REPORT_ROUTES } from './reports.ts'
import { UPLOAD_ROUTES } from './upload.ts'

/** Routes for files: contents and pictures, uploads, reports, exports. */
export const FILE_ROUTES: readonly Route[] = [
  ...CONTENT_ROUTES,
  ...COMPANY_LOGO_ROUTES,
  ...UPLOAD_ROUTES,
  ...REPORT_ROUTES,
  ...EXPORT_ROUTES,
]
