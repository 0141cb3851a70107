/** The size of a picture in pixels. */
export type PictureSize = { readonly width: number; readonly height: number }

/** The size that the head of a PNG, GIF or JPEG file in base64 tells; `undefined` for anything else. */
export function pictureSize(base64: string): PictureSize | undefined {
  // The head of a JPEG may hold a colour profile and a preview; both are rarely larger than this.
  const bytes = Buffer.from(base64.slice(0, 262_144), 'base64')
  if (bytes.length < 24) return undefined
  if (bytes.toString('latin1', 1, 4) === 'PNG') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  if (bytes.toString('latin1', 0, 3) === 'GIF') return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  return bytes.readUInt16BE(0) === 0xffd8 ? jpegSize(bytes) : undefined
}

/** Walks through the segments up to the one that begins the frame (ISO/IEC 10918-1 §B.2.2). */
function jpegSize(bytes: Buffer): PictureSize | undefined {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}
