import { fieldTypeFacts } from '@odoo-gatehouse/odoo/schema'
import { isJsonObject } from '../kernel/json.ts'
import { decide, refusal } from '../policy/decide.ts'
import { readableField } from '../policy/field-access.ts'
import { recordErrors } from './errors.ts'
import { parseIds } from './parse-paging.ts'
import { planAnswer } from './plan-answer.ts'
import { planValues } from './plan-values.ts'
import { enter, type Place, type Planned, type Planning, planned } from './planning.ts'
import { printContext } from './record-context.ts'
import type { AnswerRequest, CreateManyRequest, RemoveRequest, UpdateRequest } from './request.ts'
import { WriteNotes } from './write-notes.ts'
import type { CreatePlan, RemovePlan, UpdatePlan } from './write-plan.ts'

/**
 * Plans new records. Pure. What is not allowed anywhere in the values refuses the whole write.
 *
 * @throws GatehouseError for every refusal
 */
export function planCreate(planning: Planning, request: CreateManyRequest): Planned<CreatePlan> {
  return planned(() => {
    const place = enter(planning, 'create', request.model)
    const notes = new WriteNotes()
    if (request.values.length === 0) throw recordErrors['values.malformed']({ message: 'Give the values of a record.' })
    const rows = request.values.map((values) => {
      if (!isJsonObject(values)) throw recordErrors['values.malformed']()
      return planValues({ planning, notes, depth: 1 }, place, { kind: 'create' }, values)
    })
    return {
      model: request.model,
      context: printContext(request.context),
      rows,
      ...notesOf(notes),
      answer: planReadBack(planning, place, request, namesIn(request.values)),
    }
  })
}

/**
 * Plans new values for records. Pure.
 *
 * @throws GatehouseError for every refusal
 */
export function planUpdate(planning: Planning, request: UpdateRequest): Planned<UpdatePlan> {
  return planned(() => {
    const place = enter(planning, 'update', request.model)
    const ids = parseIds(request.ids)
    const notes = new WriteNotes()
    notes.expectInside(place, ids)
    if (!isJsonObject(request.values)) throw recordErrors['values.malformed']()
    const values = planValues({ planning, notes, depth: 1 }, place, { kind: 'update', ids }, request.values)
    return {
      model: request.model,
      context: printContext(request.context),
      ids,
      values,
      ...notesOf(notes),
      answer: planReadBack(planning, place, request, namesIn([request.values])),
    }
  })
}

/**
 * Plans to delete records. Pure.
 *
 * @throws GatehouseError for every refusal
 */
export function planRemove(planning: Planning, request: RemoveRequest): Planned<RemovePlan> {
  return planned(() => {
    const place = enter(planning, 'delete', request.model)
    const ids = parseIds(request.ids)
    const notes = new WriteNotes()
    notes.expectInside(place, ids)
    return { model: request.model, context: printContext(request.context), ids, checks: notes.checks }
  })
}

/**
 * What the answer to a write reads: what was asked, else the default fields and those written that are no files. Who
 * may write and not read gets ids alone, and is refused if he asks for more.
 */
function planReadBack(
  planning: Planning,
  { exposure, schema }: Place,
  request: AnswerRequest & { readonly model: string },
  writtenNames: ReadonlySet<string>,
): CreatePlan['answer'] {
  const decision = decide(planning, 'read', request.model)
  if (decision.kind === 'denied') {
    if (request.fields !== undefined || request.expand !== undefined) throw refusal(decision, planning)
    return undefined
  }
  const place = enter(planning, 'read', request.model)
  const added = [...writtenNames].filter((name) => {
    const field = readableField(exposure, schema, name)
    return field !== undefined && !fieldTypeFacts(field.type).binary
  })
  return {
    ...planAnswer(planning, place, request, added),
    rowFilter: place.rowFilter,
    nestedReads: planning.facts.nestedReads,
  }
}

function notesOf({ checks, unsetRequired }: WriteNotes) {
  return { checks, unsetRequired }
}

function namesIn(values: readonly object[]): ReadonlySet<string> {
  return new Set(values.flatMap((record) => Object.keys(record)))
}
