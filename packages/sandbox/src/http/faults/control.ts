import { type Answer, jsonAnswer } from '../answer.ts'
import type { Request } from '../request.ts'
import type { FaultDesk } from './fault-desk.ts'
import { readControlWish } from './fault-wish.ts'

/** Where faults are asked for. */
export const CONTROL_PATH = '/sandbox/faults'

/** GET tells what is waiting, POST asks for more, DELETE forgets all of it. Mistakes are told in a sentence. */
export function answerControl(desk: FaultDesk, request: Request): Answer {
  switch (request.method) {
    case 'GET':
      return told(desk)
    case 'DELETE':
      desk.forget()
      return told(desk)
    case 'POST':
      return asked(desk, request)
    default:
      return refusal(405, 'There are GET, POST and DELETE.', { allow: 'DELETE, GET, POST' })
  }
}

function asked(desk: FaultDesk, { contentType, body }: Request): Answer {
  // Pages of other sites can send other types without asking first.
  if (!/^application\/json\s*(;|$)/i.test(contentType)) return refusal(415, 'Send application/json.')
  const control = readControlWish(body)
  if ('refused' in control) return refusal(400, control.refused)
  const full = desk.ask(control)
  return full === undefined ? told(desk) : refusal(400, full)
}

function told(desk: FaultDesk): Answer {
  return jsonAnswer({ waiting: desk.waiting(), rotateSessionsEveryMs: desk.rotatesSessionsMs() ?? null })
}

function refusal(status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const answer = jsonAnswer({ error: sentence }, undefined, status)
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
