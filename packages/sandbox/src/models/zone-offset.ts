/** How far a time zone is from UTC at a moment, as Odoo writes it: `+0100`; `+0000` without a zone. */
export function zoneOffset(zone: unknown, ms: number): string {
  if (typeof zone !== 'string' || zone === '') return '+0000'
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(ms)
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
    return name === 'GMT' ? '+0000' : name.replace('GMT', '').replace(':', '')
  } catch (error) {
    // A zone that this machine does not know counts as none; anything else is a mistake.
    if (error instanceof RangeError) return '+0000'
    throw error
  }
}
