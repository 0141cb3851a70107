import { setTimeout as wait } from 'node:timers/promises'
import type { Request } from '../request.ts'
import { calledMethod } from './called-method.ts'
import type { ControlWish, FaultWish } from './fault-wish.ts'

/** Wishes that may wait at once. */
const WISHES_MAX = 100

/** Keeps the faults that were asked for until requests come that have them. */
export type FaultDesk = {
  /** Takes a wish; a sentence when there are too many. */
  ask(control: ControlWish): string | undefined
  /** What is still to come, the oldest first. */
  waiting(): readonly FaultWish[]
  forget(): void
  /** The fault of this request, which is used up by it: the oldest that fits. */
  take(request: Request): FaultWish | undefined
  /** The pace of session ids that was asked for; undefined: the version's own. */
  rotatesSessionsMs(): number | undefined
  /** Waits; false when the sandbox was closed meanwhile. */
  pause(ms: number): Promise<boolean>
  close(): void
}

/** An empty desk. */
export function openFaultDesk(): FaultDesk {
  let wishes: readonly FaultWish[] = []
  let rotatesMs: number | undefined
  const closing = new AbortController()
  return {
    ask({ wish, rotateSessionsEveryMs }) {
      if (wish !== undefined && wishes.length >= WISHES_MAX) return `There are ${WISHES_MAX} faults waiting already.`
      if (wish !== undefined) wishes = [...wishes, wish]
      if (rotateSessionsEveryMs !== undefined) rotatesMs = rotateSessionsEveryMs ?? undefined
      return undefined
    },
    waiting: () => wishes,
    forget() {
      wishes = []
      rotatesMs = undefined
    },
    take(request) {
      const found = wishes.find((wish) => fits(wish, request))
      if (found === undefined) return undefined
      wishes = wishes.flatMap((wish) => (wish === found ? usedOnce(wish) : [wish]))
      return found
    },
    rotatesSessionsMs: () => rotatesMs,
    async pause(ms) {
      try {
        await wait(ms, undefined, { signal: closing.signal })
        return true
      } catch (error) {
        if (closing.signal.aborted) return false
        throw error
      }
    },
    close: () => closing.abort(),
  }
}

function usedOnce(wish: FaultWish): FaultWish[] {
  return wish.times > 1 ? [{ ...wish, times: wish.times - 1 }] : []
}

function fits({ fault, path, model, method }: FaultWish, request: Request): boolean {
  // Nothing would end without a session, and the fault would be used up without a trace.
  if (fault === 'expire_session' && request.sessionId === undefined) return false
  if (path !== undefined && !request.path.startsWith(path)) return false
  if (model === undefined && method === undefined) return true
  const called = calledMethod(request)
  return (model === undefined || model === called?.model) && (method === undefined || method === called?.method)
}
