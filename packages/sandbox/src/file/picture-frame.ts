/** A size in dots. */
export type Size = { readonly width: number; readonly height: number }

/** What a picture is made smaller to; 0 leaves a side to the other one. */
export type AskedSize = Size & {
  /** Is what does not fit cut off, at the middle, the `top` or the `bottom`? As the query says it. */
  readonly crop: string | undefined
}

/** Which part of a picture is shown, and how large. */
export type Frame = { readonly left: number; readonly top: number; readonly part: Size; readonly shown: Size }

/**
 * The frame for a size that is asked for; undefined leaves the picture as it is. Pictures never grow (odoo 18.0
 * tools/image.py, ImageProcess.resize and crop_resize).
 */
export function pictureFrame(full: Size, asked: AskedSize): Frame | undefined {
  if (asked.crop && asked.width > 0 && asked.height > 0) return croppedFrame(full, asked)
  if (asked.crop || (asked.width === 0 && asked.height === 0)) return undefined
  const width = asked.width || Math.floor((full.width * asked.height) / full.height)
  const height = asked.height || Math.floor((full.height * asked.width) / full.width)
  return wholeFrame(full, { width, height })
}

/** The size that the name of a field tells: `image_128`. `image` alone is 1024 (image_guess_size_from_field_name). */
export function sizeInName(field: string): Size {
  if (field === 'image') return { width: 1024, height: 1024 }
  const side = field.startsWith('x_') ? 0 : Number(/_(\d+)$/.exec(field)?.[1] ?? 0)
  return side < 16 ? { width: 0, height: 0 } : { width: side, height: side }
}

function wholeFrame(full: Size, box: Size): Frame | undefined {
  if (box.width >= full.width && box.height >= full.height) return undefined
  const scale = Math.min(box.width / full.width, box.height / full.height)
  const shown = {
    width: Math.max(1, Math.min(box.width, Math.round(full.width * scale))),
    height: Math.max(1, Math.min(box.height, Math.round(full.height * scale))),
  }
  return { left: 0, top: 0, part: full, shown }
}

function croppedFrame(full: Size, { crop, ...box }: AskedSize): Frame | undefined {
  const isWide = full.width / box.width > full.height / box.height
  const part = isWide
    ? { width: Math.floor((box.width * full.height) / box.height), height: full.height }
    : { width: full.width, height: Math.floor((box.height * full.width) / box.width) }
  const kept = { width: Math.max(1, part.width), height: Math.max(1, part.height) }
  const center = crop === 'top' ? 0 : crop === 'bottom' ? 1 : 0.5
  const left = Math.floor((full.width - kept.width) / 2)
  const top = Math.floor((full.height - kept.height) * center)
  const inside = wholeFrame(kept, box)
  return { left, top, part: kept, shown: inside?.shown ?? kept }
}
