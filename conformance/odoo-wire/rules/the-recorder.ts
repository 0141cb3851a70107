import {
  anyText,
  anything,
  atLeast,
  type Expected,
  eachLike,
  isExpectedList,
  isExpectedObject,
  isLoose,
  startsWith,
  textLike,
} from '../compare/loose.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { type Rule, toShape } from './rule.ts'
import { anyIds, softenAt } from './soften.ts'

/** What lies with the recorder: what it cut away, what it had made before, where it was. */
export const THE_RECORDER: readonly Rule[] = [
  {
    name: 'what was cut away',
    reason: 'The recorder kept the first elements of a long list and the telling members of an action.',
    where: ['auth/jsonrpc_db[4]', 'http/action_load'],
    soften: (expected) => {
      if (isExpectedList(expected)) return startsWith(expected)
      return isExpectedObject(expected) ? atLeast(expected) : expected
    },
  },
  {
    name: 'members of the manifest',
    reason: 'The recorder kept their names only.',
    where: ['http/manifest'],
    soften: (_expected, { recorded }) => membersNamed(isObject(recorded) ? recorded.keys : null),
  },
  {
    name: 'layouts of views',
    reason: "The recorder cut them, and who shows Odoo's own views needs Odoo. Which views and fields come, counts.",
    where: ['read/get_views'],
    soften: (expected, { recorded }) => {
      const loose = softenAt(expected, 'views.*', (view) =>
        softenAt(
          softenAt(view, 'arch', () => anyText),
          'id',
          anyIds,
        ),
      )
      return softenAt(loose, 'models.*', () => fieldsOfModel(recorded))
    },
  },
  {
    name: 'names of databases',
    reason: "The list is that of the recorder's PostgreSQL.",
    where: ['auth/jsonrpc_db[1]', 'auth/multidb[1]'],
    soften: () => eachLike(anyText),
  },
  {
    name: 'addresses of the recorder',
    reason: 'The answer tells where the server is.',
    where: ['auth/session_modules[2]'],
    soften: (expected) =>
      isLoose(expected) && expected.kind === 'like'
        ? textLike(new RegExp(expected.pattern.source.replace(/127\\\.0\\\.0\\\.1%3A\d+/, '[\\w.%]+')))
        : expected,
  },
  {
    name: 'the whole database',
    reason: 'How many attachments, partners and users there are hangs on modules and on what was recorded before.',
    where: [
      ...['access/demo_attachment_other', 'access/password_search', '18:access/field_no_access_search'],
      'auth/json2_trailing_slash',
    ],
    soften: toShape,
  },
  {
    name: 'records of the recorder',
    reason: 'Earlier recordings left users, tasks and companies without a country behind, which come last.',
    where: ['access/users_read_others', 'access/portal_tasks', 'auth/json2_formatted_read_group'],
    soften: (_expected, { recorded }) => startsWith(rowsBefore(recorded, isOfRecorder)),
  },
  {
    name: 'who wrote last',
    reason: 'Replaying writes the record anew, and what is written back is written by the administrator.',
    where: { 'read/get_metadata': ['*.write_uid'] },
    soften: () => [anything, anyText],
  },
  {
    name: 'numbers of documents',
    reason: 'A sequence counts on, whatever was removed.',
    where: { '18:write/sale_confirm[2]': ['*.name'] },
    soften: () => textLike(/^S\d{5}$/),
  },
]

/** 17 answers the names of the fields, later versions their descriptions, of which the recorder kept the names. */
function fieldsOfModel(recorded: Json): Expected {
  const models = isObject(recorded) && isObject(recorded.models) ? Object.values(recorded.models) : []
  const [model = null] = models
  if (!isObject(model)) return atLeast(membersNamed(model))
  return { ...model, fields: membersNamed(model.fields ?? null) }
}

function membersNamed(names: Json | undefined): { readonly [name: string]: Expected } {
  if (names === undefined || !isList(names)) return {}
  return Object.fromEntries(names.map((name) => [String(name), anything]))
}

function isOfRecorder(row: JsonObject): boolean {
  return /^golden/i.test(String(row.login ?? row.name)) || row.country_id === false
}

/** The rows of a recorded list up to the first that `isLater` finds. */
function rowsBefore(value: Json, isLater: (row: JsonObject) => boolean): readonly Json[] {
  const rows = isList(value) ? value : []
  const end = rows.findIndex((row) => isObject(row) && isLater(row))
  return end < 0 ? rows : rows.slice(0, end)
}
