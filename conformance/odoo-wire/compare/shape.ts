import { isList, isObject, type Json } from '../json.ts'
import {
  anyBoolean,
  anyDay,
  anyId,
  anyMoment,
  anyNumber,
  anyText,
  anything,
  atLeast,
  type Expected,
  eachLike,
  unsetOr,
} from './loose.ts'

/**
 * The shape of a value: types instead of values, members of objects by name, lists of any length. `false` stands for
 * whatever is unset, so it tells nothing of the type.
 */
export function shapeOf(value: Json): Expected {
  return shapeOfAll([value])
}

/** The shape that all values share; `any` where they share none. */
function shapeOfAll(values: readonly Json[]): Expected {
  const told = values.filter((value) => value !== false && value !== null)
  if (told.length === 0) return anything
  if (told.every((value) => value === true)) return anyBoolean
  if (told.every((value) => typeof value === 'number')) return unsetOr(anyNumber)
  if (told.every((value) => typeof value === 'string')) return unsetOr(shapeOfTexts(told))
  if (told.every(isPair)) return unsetOr([anyId, anyText])
  // A list or an object is never unset, unless one was.
  const orUnset = values.includes(false) ? unsetOr : (shape: Expected) => shape
  if (told.every(isList)) return orUnset(eachLike(shapeOfAll(told.flat())))
  return told.every(isObject) ? orUnset(shapeOfObjects(told)) : anything
}

function shapeOfTexts(texts: readonly Json[]): Expected {
  if (texts.every((text) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(text)))) return anyMoment
  return texts.every((text) => /^\d{4}-\d\d-\d\d$/.test(String(text))) ? anyDay : anyText
}

/** A many2one as `read` tells it: id and name. */
function isPair(value: Json): boolean {
  return isList(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string'
}

function shapeOfObjects(objects: readonly { readonly [name: string]: Json }[]): Expected {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  const common = names.filter((name) => objects.every((object) => Object.hasOwn(object, name)))
  const members = Object.fromEntries(
    common.map((name) => [name, shapeOfAll(objects.map((object) => object[name] ?? null))]),
  )
  return common.length === names.length ? members : atLeast(members)
}
