import { isExactNumber, isList, isObject, type Json } from '../json.ts'

/**
 * Which record of the target stands for which recorded one. Ids are told apart by model; an id whose model the place
 * does not tell is looked up among all of the case. Wizards are left out of that: their ids are small and would be taken
 * for those of other records.
 */
export type IdNames = {
  /** Binds the ids in a recorded value to those in the actual one: a number, or lists of as many. */
  bind(model: string, recorded: Json, actual: Json): void
  /** The actual id; undefined where none is bound. Without a model the id may be that of any record. */
  find(recorded: number, model?: string): number | undefined
  /** A part of a request with its recorded ids replaced, those of `model` first. */
  inRequest(value: Json, model?: string): Json
  /** The value of an answer with the ids replaced that stand where ids do, in texts too. `model` is that of its rows. */
  inAnswer(value: Json, model?: string): Json
  /** A text with its ids replaced: a path, a message. */
  inText(text: string): string
}

/** No ids are bound yet. */
export function openIdNames(): IdNames {
  const byModel = new Map<string, Map<number, number>>()

  const find = (recorded: number, model?: string): number | undefined => {
    const own = model === undefined ? undefined : byModel.get(model)?.get(recorded)
    if (own !== undefined) return own
    for (const [other, ids] of byModel) if (!isWizard(other) && ids.has(recorded)) return ids.get(recorded)
    return undefined
  }

  const bind = (model: string, recorded: Json, actual: Json): void => {
    if (typeof recorded === 'number' && typeof actual === 'number') {
      const ids = byModel.get(model) ?? new Map<number, number>()
      byModel.set(model, ids.set(recorded, actual))
    } else if (isList(recorded) && isList(actual)) {
      for (const [at, id] of recorded.entries()) bind(model, id, actual[at] ?? null)
    }
  }

  const inRequest = (value: Json, model?: string): Json => {
    if (typeof value === 'number') return find(value, model) ?? value
    if (isList(value)) return value.map((item) => inRequest(item, model))
    if (!isObject(value) || isExactNumber(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inRequest(item, model)]))
  }

  const inText = (text: string): string => text.replace(ID_IN_TEXT, (id) => String(find(Number(id)) ?? id))

  const inAnswer = (value: Json, model?: string): Json => {
    if (typeof value === 'string') return inText(value)
    if (isList(value)) {
      const isIds = value.every((item) => Number.isInteger(item))
      const isPair = value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string'
      return value.map((item, at) => (isIds || (isPair && at === 0) ? idIn(item, model) : inAnswer(item, model)))
    }
    if (!isObject(value)) return value
    const rowModel = typeof value.res_model === 'string' ? value.res_model : model
    const entries = Object.entries(value)
    return Object.fromEntries(
      entries.map(([name, item]) => [name, ID_MEMBERS.has(name) ? idIn(item, rowModel) : inAnswer(item, rowModel)]),
    )
  }

  const idIn = (value: Json, model?: string): Json =>
    typeof value === 'number' ? (find(value, model) ?? value) : value

  return { bind, find, inRequest, inAnswer, inText }
}

/** Ids in messages (`res.partner(7,)`, `(id=7)`, `User: 7`), in paths, and in the state of a sign-in by a provider. */
const ID_IN_TEXT = /(?<=\(|\(id=|User: |\/|%22p%22%3A%20)\d+\b/g

/** Members that hold an id. */
const ID_MEMBERS = new Set(['id', 'res_id', 'uid'])

function isWizard(model: string): boolean {
  return /^(?:res\.users\.(?:apikeys|identitycheck)|auth_totp\.)/.test(model)
}
