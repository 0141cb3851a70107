import type { JsonObject } from '../../kernel/json.ts'

/** How long repeats are counted before they are written as one event. Milliseconds. */
const WINDOW_MS = 600_000

/** How many different ones of a kind are told apart in a window; the rest of the kind is counted together. */
const APART_MAX = 100

/** Repeats that were counted: what they had in common, and how many there were beside the one that was kept. */
export type SummedRepeats = {
  readonly members: JsonObject
  readonly times: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

/** Counts repeats, so that nobody can fill the audit trail by being refused. */
export type RepeatSum = {
  /** True for the first of its window, which is to be kept as it is. A repeat is counted. */
  isFirst(members: JsonObject, nowMs: number): boolean
  /** Takes out what windows that are over have counted; with `all`, those that are not over as well. */
  takeCounted(nowMs: number, all?: boolean): readonly SummedRepeats[]
}

type Entry = { readonly members: JsonObject; readonly beganAtMs: number; lastAtMs: number; times: number }

/**
 * Begins with nothing counted. At most 100 events of a kind are told apart in 10 minutes, so that no more than 201 rows
 * of a kind are written in that time, however many requests there are.
 */
export function sumRepeats(): RepeatSum {
  const entries = new Map<string, Entry>()
  const apart = new Map<unknown, number>()

  function count(key: string, members: JsonObject, nowMs: number): void {
    const entry = entries.get(key) ?? { members, beganAtMs: nowMs, lastAtMs: nowMs, times: 0 }
    entry.times += 1
    entry.lastAtMs = nowMs
    entries.set(key, entry)
  }
  function remove(key: string, { members }: Entry): void {
    entries.delete(key)
    if (!('others' in members)) apart.set(members.kind, (apart.get(members.kind) ?? 1) - 1)
  }
  return {
    isFirst: (members, nowMs) => {
      const key = JSON.stringify(members)
      if (entries.has(key)) {
        count(key, members, nowMs)
        return false
      }
      const known = apart.get(members.kind) ?? 0
      if (known >= APART_MAX) {
        count(`others of ${String(members.kind)}`, { kind: members.kind ?? null, others: true }, nowMs)
        return false
      }
      apart.set(members.kind, known + 1)
      entries.set(key, { members, beganAtMs: nowMs, lastAtMs: nowMs, times: 0 })
      return true
    },
    takeCounted: (nowMs, all = false) => {
      const over = [...entries].filter(([, { beganAtMs }]) => all || nowMs - beganAtMs >= WINDOW_MS)
      for (const [key, entry] of over) remove(key, entry)
      return over
        .filter(([, { times }]) => times > 0)
        .map(([, { members, times, beganAtMs, lastAtMs }]) => ({ members, times, firstAtMs: beganAtMs, lastAtMs }))
    },
  }
}
