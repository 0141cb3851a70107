import { describe, expect, test } from 'vitest'
import { pictureFrame, sizeInName } from './picture-frame.ts'

const FULL = { width: 100, height: 50 }

describe('the frame of a picture', () => {
  const whole = { left: 0, top: 0, part: FULL }
  test.each([
    ['keeps its shape in a square', { width: 20, height: 20 }, { ...whole, shown: { width: 20, height: 10 } }],
    ['keeps its shape in a high box', { width: 10, height: 40 }, { ...whole, shown: { width: 10, height: 5 } }],
    ['follows the width alone', { width: 50, height: 0 }, { ...whole, shown: { width: 50, height: 25 } }],
    ['follows the height alone', { width: 0, height: 10 }, { ...whole, shown: { width: 20, height: 10 } }],
    ['has a dot at least', { width: 1, height: 1 }, { ...whole, shown: { width: 1, height: 1 } }],
  ])('%s', (_name, size, frame) => {
    expect(pictureFrame(FULL, { ...size, crop: undefined })).toEqual(frame)
  })

  test.each([
    ['no size', { width: 0, height: 0, crop: undefined }],
    ['a larger size', { width: 200, height: 200, crop: undefined }],
    ['its own size', { ...FULL, crop: undefined }],
    ['a crop to one side', { width: 10, height: 0, crop: '1' }],
  ])('is none for %s: the picture stays', (_name, asked) => {
    expect(pictureFrame(FULL, asked)).toBeUndefined()
  })

  test('cuts off what does not fit, on both sides', () => {
    const frame = pictureFrame(FULL, { width: 20, height: 20, crop: '1' })
    expect(frame).toEqual({ left: 25, top: 0, part: { width: 50, height: 50 }, shown: { width: 20, height: 20 } })
  })

  test.each([
    ['1', 25],
    ['top', 0],
    ['bottom', 50],
  ])('cuts a high picture at %s', (crop, top) => {
    const frame = pictureFrame({ width: 50, height: 100 }, { width: 20, height: 20, crop })
    expect(frame).toEqual({ left: 0, top, part: { width: 50, height: 50 }, shown: { width: 20, height: 20 } })
  })
})

describe('the size in the name of a field', () => {
  test.each([
    ['image_128', 128],
    ['avatar_1920', 1920],
    ['image', 1024],
    ['image_8', 0],
    ['x_image_128', 0],
    ['logo', 0],
  ])('%s is %i', (field, side) => {
    expect(sizeInName(field)).toEqual({ width: side, height: side })
  })
})
