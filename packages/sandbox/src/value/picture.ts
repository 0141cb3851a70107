import { userError } from '../fault/odoo-fault.ts'

const SIGNATURES = ['89504e47', 'ffd8ff', '47494638', '52494646', '00000100', '424d']

/** Refuses what is no picture, in Odoo's words. Looks at the first bytes only; drawings in SVG are pictures, too. */
export function checkPicture(base64: string): void {
  const start = Buffer.from(base64.slice(0, 400), 'base64')
  const hex = start.toString('hex', 0, 8)
  if (SIGNATURES.some((signature) => hex.startsWith(signature))) return
  if (/^\s*(<\?xml[^>]*>\s*)?<svg/i.test(start.toString('utf8'))) return
  throw userError('This file could not be decoded as an image file.')
}

/** The size of base64 content as Odoo shows it with `bin_size`: `1.43 Kb` (odoo 18.0 tools/misc.py, human_size). */
export function humanSize(base64: string): string {
  let size = Buffer.byteLength(base64, 'base64')
  for (const unit of ['bytes', 'Kb', 'Mb']) {
    if (size < 1024) return `${size.toFixed(2)} ${unit}`
    size /= 1024
  }
  return `${size.toFixed(2)} Gb`
}
