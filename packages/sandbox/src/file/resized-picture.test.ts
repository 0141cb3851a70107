import { crc32, deflateSync } from 'node:zlib'
import { decode, encode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { OdooFault } from '../fault/odoo-fault.ts'
import { drawnPicture, nobodysPicture, placeholderPicture } from '../value/drawn-picture.ts'
import { resizedPicture } from './resized-picture.ts'

const asked = (width: number, height: number) => ({ width, height, crop: undefined })

/** Two dots by two: red, green, blue and nothing. */
const FOUR = Buffer.from(
  encode({
    width: 2,
    height: 2,
    depth: 8,
    channels: 4,
    data: new Uint8Array([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 9, 9, 0]),
  }),
)

describe('a picture that is made smaller', () => {
  test('is a PNG of the size that was asked for', async () => {
    const { width, height } = decode(await resizedPicture(drawnPicture(1), 'image/png', asked(32, 32)))
    expect([width, height]).toEqual([32, 32])
  })

  test('mixes its dots, and those that cannot be seen add no colour', async () => {
    const { data } = decode(await resizedPicture(FOUR, 'image/png', asked(1, 1)))
    expect([...data]).toEqual([85, 85, 85, 191])
  })

  test.each([
    ['grey', 1, 8, [0, 100, 100, 200], [100, 100, 100, 255]],
    ['grey of 16 bits', 1, 16, [0, 0x6464, 0x6464, 0xc8c8], [100, 100, 100, 255]],
    ['colours without opacity', 3, 8, [10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30], [10, 20, 30, 255]],
    ['grey with opacity', 2, 8, [50, 0, 50, 255, 50, 0, 50, 255], [50, 50, 50, 128]],
  ] as const)('reads %s', async (_name, channels, depth, dots, mixed) => {
    const data = depth === 16 ? new Uint16Array(dots) : new Uint8Array(dots)
    const picture = Buffer.from(encode({ width: 2, height: 2, depth, channels, data }))
    expect([...decode(await resizedPicture(picture, 'image/png', asked(1, 1))).data]).toEqual(mixed)
  })

  test.each([
    ['grey of 1 bit', 0, 1, 0b1000_0000, [128, 128, 128, 255]],
    ['grey of 4 bits', 0, 4, 0xf0, [128, 128, 128, 255]],
    ['a palette of 2 bits', 3, 2, 0b0101_0000, [10, 20, 30, 255]],
  ])('reads %s', async (_name, kind, depth, byte, mixed) => {
    const picture = packedPng(kind, depth, byte)
    expect([...decode(await resizedPicture(picture, 'image/png', asked(1, 1))).data]).toEqual(mixed)
  })

  test('never grows', async () => {
    expect(await resizedPicture(FOUR, 'image/png', asked(10, 10))).toBe(FOUR)
  })

  test.each([
    ['a drawing', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['an animation', 'image/gif', 'GIF89a'],
  ])('%s comes as it is', async (_name, type, text) => {
    const picture = Buffer.from(text)
    expect(await resizedPicture(picture, type, asked(10, 10))).toBe(picture)
  })

  test.each([
    ['text', Buffer.from('no picture')],
    ['a PNG that is cut', FOUR.subarray(0, 40)],
  ])('%s is refused in the words of Odoo', async (_name, bytes) => {
    const refusal = resizedPicture(bytes, 'image/png', asked(1, 1))
    await expect(refusal).rejects.toThrow(OdooFault)
    await expect(refusal).rejects.toThrow('This file could not be decoded as an image file.')
  })

  test('is not made of billions of dots that a small file tells of', async () => {
    const bomb = Buffer.from(drawnPicture(1))
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    await expect(resizedPicture(bomb, 'image/png', asked(32, 32))).rejects.toThrow('Image size excessive')
  })
})

describe('a drawn picture', () => {
  test.each([
    ['of a record', drawnPicture(7), 128],
    ['of nobody', nobodysPicture(), 180],
    ['of nothing', placeholderPicture(), 256],
  ])('%s is a PNG with colours', (_name, picture, side) => {
    const { width, height, data } = decode(picture)
    expect([width, height]).toEqual([side, side])
    expect(new Set(data).size).toBe(2)
  })

  test('is the same for the same record, and another for another', () => {
    expect(drawnPicture(3)).toEqual(drawnPicture(3))
    expect(drawnPicture(3)).not.toEqual(drawnPicture(4))
  })
})

/** Two dots beside each other in one byte: a file that the library reads and does not write. */
function packedPng(kind: number, depth: number, byte: number): Buffer {
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, depth, kind, 0, 0, 0])
  const palette = kind === 3 ? [chunk('PLTE', Buffer.from([0, 0, 0, 10, 20, 30]))] : []
  const dots = chunk('IDAT', deflateSync(Buffer.from([0, byte])))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), ...palette, dots, chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
