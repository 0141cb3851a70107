const SIDE = 16

/** Odoo's purple; blue, green, red and opacity of a dot. */
const DOT = [0x67, 0x4b, 0x71, 0xff]

/** An icon of 16 by 16 dots in one colour: a directory of one, a bitmap of 32 bits a dot, an empty mask. */
export function icon(): Buffer {
  const dots = Buffer.from(Array.from({ length: SIDE * SIDE }, () => DOT).flat())
  const mask = Buffer.alloc(SIDE * 4)
  const bitmap = Buffer.alloc(40)
  bitmap.writeUInt32LE(bitmap.length, 0)
  bitmap.writeInt32LE(SIDE, 4)
  // Twice the height: the mask counts.
  bitmap.writeInt32LE(SIDE * 2, 8)
  bitmap.writeUInt16LE(1, 12)
  bitmap.writeUInt16LE(32, 14)
  const directory = Buffer.alloc(22)
  directory.writeUInt16LE(1, 2)
  directory.writeUInt16LE(1, 4)
  directory.writeUInt8(SIDE, 6)
  directory.writeUInt8(SIDE, 7)
  directory.writeUInt16LE(1, 10)
  directory.writeUInt16LE(32, 12)
  directory.writeUInt32LE(bitmap.length + dots.length + mask.length, 14)
  directory.writeUInt32LE(directory.length, 18)
  return Buffer.concat([directory, bitmap, dots, mask])
}
