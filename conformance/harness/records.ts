import { randomUUID } from 'node:crypto'
import { type Answer, call } from './http-call.ts'
import { listAt, numberAt, objectAt } from './json-reading.ts'
import type { Session } from './session.ts'

/** What a list may ask for beside the model; lists and maps are sent as JSON, a text as it is. */
export type ReadQuery = {
  readonly fields?: readonly string[] | string
  readonly id?: number | string
  readonly domain?: readonly unknown[] | string
  readonly expand?: object | string
  readonly offset?: number | string
  readonly limit?: number | string
  readonly order?: string
}

/** The calls of `/api/send_request` on behalf of one session. */
export type Records = {
  read(model: string, query: ReadQuery): Promise<Answer>
  create(model: string, body: object): Promise<Answer>
  update(model: string, id: number, body: object): Promise<Answer>
  remove(model: string, id: number): Promise<Answer>
  /** The records of a list that must succeed. */
  list(model: string, query: ReadQuery): Promise<readonly unknown[]>
  /** The record of a read by id that must succeed. */
  one(model: string, id: number, fields: readonly string[]): Promise<Readonly<Record<string, unknown>>>
  /** The id of the only record that the domain finds. */
  idOf(model: string, domain: readonly unknown[]): Promise<number>
}

/** Opens the record calls of a session. */
export function recordsOf(session: Session): Records {
  const send = async (method: string, query: ReadQuery & { model: string }, json?: object) =>
    call(session.url, {
      method,
      path: '/api/send_request',
      query: asQuery(query),
      headers: { Authorization: `Bearer ${await session.bearer()}` },
      json,
    })
  const read = (model: string, query: ReadQuery) => send('GET', { model, ...query })
  const list = async (model: string, query: ReadQuery) =>
    listAt(succeeded(await read(model, query), 200).json, 'records')
  return {
    read,
    list,
    create: (model, body) => send('POST', { model }, body),
    update: (model, id, body) => send('PUT', { model, id }, body),
    remove: (model, id) => send('DELETE', { model, id }),
    one: async (model, id, fields) => objectAt(succeeded(await read(model, { id, fields }), 200).json, 'record'),
    idOf: async (model, domain) => {
      const found = await list(model, { domain, fields: ['id'] })
      if (found.length !== 1) throw new Error(`${found.length} records of ${model} for ${JSON.stringify(domain)}`)
      return numberAt(found[0], 'id')
    },
  }
}

/** A place for records that a suite makes: each is marked, and `clean` deletes what is left. */
export type Scratch = {
  /** In the name of every record made here; a domain on it finds them and nothing else. */
  readonly marker: string
  /** Makes a record and answers its id. `name` is put behind the marker. */
  make(model: string, values?: Readonly<Record<string, unknown>>): Promise<number>
  /** A partner, made the same way. */
  partner(values?: Readonly<Record<string, unknown>>): Promise<number>
  /** Deletes, last made first, what is not gone yet; partners and tags also where a refusal failed to refuse. */
  clean(): Promise<void>
}

/** Opens a scratch on the session's records. */
export function openScratch(records: Records): Scratch {
  const marker = `GH-${randomUUID()}`
  const made: [string, number][] = []
  const make = async (model: string, values: Readonly<Record<string, unknown>> = {}) => {
    const name = values.name === undefined ? marker : `${marker} ${String(values.name)}`
    const answer = await records.create(model, { values: { ...values, name } })
    const id = numberAt(succeeded(answer, 201).json, 'id')
    made.push([model, id])
    return id
  }
  return {
    marker,
    make,
    partner: (values) => make('res.partner', values),
    clean: async () => {
      for (const [model, id] of made.reverse()) await records.remove(model, id)
      for (const model of ['res.partner', 'res.partner.category']) {
        const domain = [
          ['name', 'like', marker],
          ['active', 'in', [true, false]],
        ]
        const left = await records.list(model, { fields: ['name'], domain })
        for (const record of left) await records.remove(model, numberAt(record, 'id'))
      }
    },
  }
}

function succeeded(answer: Answer, status: number): Answer {
  if (answer.status !== status)
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.text.slice(0, 500)}`)
  return answer
}

function asQuery(query: ReadQuery & { readonly model: string }): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]),
  )
}
