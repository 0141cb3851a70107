/** A random identifier, version 4 (RFC 9562 §5.4). */
export function randomUuid(dice: { randomBytes(size: number): Buffer }): string {
  const bytes = dice.randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
