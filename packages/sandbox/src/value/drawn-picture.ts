import { crc32, deflateSync } from 'node:zlib'

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number]

const SIDE = 128
const TILES = 5
const GREY: Colour = [0xe4, 0xe4, 0xe4]
const DARK_GREY: Colour = [0xa8, 0xa8, 0xa8]
const COLOURS: readonly Colour[] = [
  [0x71, 0x4b, 0x67],
  [0x01, 0x7e, 0x84],
  [0xb8, 0x5c, 0x38],
  [0x3f, 0x5e, 0xa8],
  [0x5a, 0x7d, 0x2a],
  [0x8f, 0x3a, 0x52],
]

/**
 * A picture that stands for a record of the demonstration data: a PNG of 128 by 128 dots, a pattern of tiles that is the
 * same on the left and on the right. The same number gives the same picture.
 */
export function drawnPicture(seed: number): Buffer {
  const colour = COLOURS[seed % COLOURS.length] ?? GREY
  const pattern = Math.imul(seed + 1, 0x9e3779b1)
  return png(SIDE, [GREY, colour], (x, y) => {
    const column = Math.floor((x * TILES) / SIDE)
    const row = Math.floor((y * TILES) / SIDE)
    const tile = row * 3 + Math.min(column, TILES - 1 - column)
    return (pattern >>> (tile + 5)) & 1
  })
}

/** What is shown where there is no picture, or none for this user: 256 by 256 dots. */
export function placeholderPicture(): Buffer {
  return png(256, [GREY, DARK_GREY], (x, y) => (Math.abs(x - y) < 8 || Math.abs(x + y - 256) < 8 ? 1 : 0))
}

/** Somebody without a picture: head and shoulders in grey, 180 by 180 dots. */
export function nobodysPicture(): Buffer {
  return png(180, [GREY, DARK_GREY], (x, y) => {
    const head = (x - 90) ** 2 + (y - 70) ** 2 < 36 ** 2
    const shoulders = (x - 90) ** 2 + (y - 180) ** 2 < 64 ** 2
    return head || shoulders ? 1 : 0
  })
}

/** A square PNG of a few colours (PNG, third edition §11.2): one byte a dot, which is an index into the palette. */
function png(side: number, palette: readonly Colour[], dot: (x: number, y: number) => number): Buffer {
  const rows = Buffer.alloc(side * (side + 1))
  for (let y = 0; y < side; y += 1) {
    // Each row begins with its filter: none.
    for (let x = 0; x < side; x += 1) rows[y * (side + 1) + 1 + x] = dot(x, y)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 3], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const colours = Buffer.from(palette.flat())
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
