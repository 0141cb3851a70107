/**
 * Rounds to so many digits behind the point, halves away from zero. As Odoo does, a number that is a half but for the
 * error of its binary form counts as one: 10.005 is 10.01 (odoo 18.0 tools/float_utils.py, float_round).
 */
export function roundTo(value: number, places: number): number {
  if (!Number.isFinite(value) || value === 0) return value
  const scaled = Math.abs(value) * 10 ** places
  // More digits than a number holds: there is nothing to round.
  if (scaled > Number.MAX_SAFE_INTEGER) return value
  const epsilon = 2 ** (Math.floor(Math.log2(scaled)) - 50)
  return (Math.sign(value) * Math.round(scaled + epsilon)) / 10 ** places
}
