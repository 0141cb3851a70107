import type { DecodedPng } from 'fast-png'
import { userError } from '../fault/odoo-fault.ts'
import { type AskedSize, type Frame, pictureFrame } from './picture-frame.ts'

/**
 * The picture in the size that is asked for. Drawings (SVG) and animations (GIF) come as they are, as in Odoo; so do JPEG
 * and WebP here. What is no picture is refused in Odoo's words.
 */
export async function resizedPicture(bytes: Buffer, type: string, asked: AskedSize): Promise<Buffer> {
  if (bytes.length === 0 || (asked.width === 0 && asked.height === 0 && !asked.crop)) return bytes
  if (!isPng(bytes)) {
    if (isOtherPicture(bytes, type)) return bytes
    throw userError('This file could not be decoded as an image file.')
  }
  if (dotsIn(bytes) > DOTS_MAX) {
    throw userError(
      `Image size excessive, uploaded images must be smaller than ${(DOTS_MAX / 1e6).toFixed(1)} million pixels.`,
    )
  }
  // Most sandboxes never resize anything, and start faster for it.
  const { decode, encode } = await import('fast-png')
  let png: DecodedPng
  try {
    png = decode(bytes)
  } catch (cause) {
    throw Object.assign(userError('This file could not be decoded as an image file.'), { cause })
  }
  const frame = pictureFrame(png, asked)
  if (frame === undefined) return bytes
  return Buffer.from(
    encode({ ...frame.shown, data: boxFiltered(dotsOf(png), png.width, frame), depth: 8, channels: 4 }),
  )
}

/** The most dots that are decoded (odoo 18.0 tools/image.py, IMAGE_MAX_RESOLUTION): a small file may tell of billions. */
const DOTS_MAX = 50e6

/** How many dots the head of a PNG tells of. */
function dotsIn(png: Buffer): number {
  return png.length < 24 ? 0 : png.readUInt32BE(16) * png.readUInt32BE(20)
}

function isPng(bytes: Buffer): boolean {
  return bytes.toString('hex', 0, 8) === '89504e470d0a1a0a'
}

const OTHERS = ['ffd8ff', '47494638', '52494646', '00000100', '424d']

function isOtherPicture(bytes: Buffer, type: string): boolean {
  const start = bytes.toString('hex', 0, 4)
  return type === 'image/svg+xml' || OTHERS.some((signature) => start.startsWith(signature))
}

/** The dots as red, green, blue and opacity, a byte each, whatever the file has. */
function dotsOf(png: DecodedPng): Uint8Array {
  const { palette, transparency, channels, depth, width, height } = png
  const samples = depth < 8 ? unpacked(png) : png.data
  // Palettes have indexes; anything else is brought to the range of a byte.
  const scale = palette === undefined ? 255 / (2 ** depth - 1) : 1
  const sample = (index: number) => Math.round((samples[index] ?? 0) * scale)
  const dots = new Uint8Array(width * height * 4)
  for (let dot = 0; dot < width * height; dot += 1) {
    const from = dot * channels
    if (palette !== undefined) {
      const index = samples[dot] ?? 0
      const [red = 0, green = 0, blue = 0, opacity = transparency?.[index] ?? 255] = palette[index] ?? []
      dots.set([red, green, blue, opacity], dot * 4)
    } else if (channels <= 2) {
      const grey = sample(from)
      dots.set([grey, grey, grey, channels === 2 ? sample(from + 1) : 255], dot * 4)
    } else {
      const opacity = channels === 4 ? sample(from + 3) : 255
      dots.set([sample(from), sample(from + 1), sample(from + 2), opacity], dot * 4)
    }
  }
  return dots
}

/** Samples of less than a byte, which stand side by side in one, each in a byte of its own; rows begin with a new byte. */
function unpacked({ data, depth, width, height }: DecodedPng): Uint8Array {
  const samples = new Uint8Array(width * height)
  const rowBytes = Math.ceil((width * depth) / 8)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth
      const byte = data[y * rowBytes + (bit >> 3)] ?? 0
      samples[y * width + x] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
    }
  }
  return samples
}

/** Each new dot is the mean of the old ones below it, weighed by how much of it they cover and by their opacity. */
function boxFiltered(dots: Uint8Array, rowLength: number, { left, top, part, shown }: Frame): Uint8Array {
  const made = new Uint8Array(shown.width * shown.height * 4)
  const columns = coverage(left, part.width, shown.width)
  const rows = coverage(top, part.height, shown.height)
  for (const [y, tall] of rows.entries()) {
    for (const [x, wide] of columns.entries()) {
      const sum = [0, 0, 0, 0]
      let area = 0
      for (const [row, height] of tall) {
        for (const [column, width] of wide) {
          const at = (row * rowLength + column) * 4
          const opacity = (dots[at + 3] ?? 0) * width * height
          area += width * height
          for (let channel = 0; channel < 3; channel += 1) {
            sum[channel] = (sum[channel] ?? 0) + (dots[at + channel] ?? 0) * opacity
          }
          sum[3] = (sum[3] ?? 0) + opacity
        }
      }
      const [red = 0, green = 0, blue = 0, opacity = 0] = sum
      const weight = opacity || 1
      made.set([red / weight, green / weight, blue / weight, opacity / area].map(Math.round), (y * shown.width + x) * 4)
    }
  }
  return made
}

/** For each new place in a row, the old places under it and how much of each. */
function coverage(start: number, length: number, count: number): readonly (readonly [number, number])[][] {
  const step = length / count
  return Array.from({ length: count }, (_none, index) => {
    const from = index * step
    const to = Math.min(length, from + step)
    const places: [number, number][] = []
    for (let place = Math.floor(from); place < to; place += 1) {
      const covered = Math.min(to, place + 1) - Math.max(from, place)
      if (covered > 1e-9) places.push([start + place, covered])
    }
    return places
  })
}
