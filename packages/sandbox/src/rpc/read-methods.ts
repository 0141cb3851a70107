import { checkModel, mayUse } from '../access/check-model.ts'
import { checkRecords, checkRules, existingIds, permittedIds } from '../access/check-records.ts'
import type { Method, MethodCall, Operation, SearchOptions } from '../engine/contract.ts'
import { assertionError, missingError } from '../fault/odoo-fault.ts'
import { shownDefaults } from '../orm/defaults.ts'
import { fieldsGet } from '../orm/fields-get.ts'
import { getMetadata } from '../orm/get-metadata.ts'
import { getView, getViews } from '../orm/get-views.ts'
import { nameSearchIds } from '../orm/name-search.ts'
import { onchange } from '../orm/onchange.ts'
import { rowCount } from '../orm/page.ts'
import { fieldsFor, readRecords } from '../orm/read.ts'
import { idsToRead } from '../orm/record-ids.ts'
import { countMatching, searchIds } from '../orm/search.ts'
import { valuesObject } from '../orm/split-values.ts'
import { parseSpecification, webRead } from '../orm/web-read.ts'
import { pythonText, pythonTruth } from '../value/python-text.ts'
import { listedNames, optionalNames, optionalText } from './arguments.ts'

/** The methods of every model that change nothing. */
export const READ_METHODS: readonly Method[] = [
  { name: 'search', on: 'model', params: ['domain', 'offset?', 'limit?', 'order?'], run: (call) => found(call) },
  {
    name: 'search_count',
    on: 'model',
    params: ['domain', 'limit?'],
    run: ({ orm, model, args }) => countMatching(orm, model, args.domain, args.limit),
  },
  {
    name: 'search_read',
    on: 'model',
    params: ['domain?', 'fields?', 'offset?', 'limit?', 'order?', 'load?'],
    run: (call) => {
      const names = optionalNames(call.args.fields)
      fieldsFor(call.orm, call.model, names)
      return readRecords(call.orm, call.model, found(call), names, classic(call.args))
    },
  },
  {
    name: 'search_fetch',
    on: 'model',
    params: ['domain', 'field_names', 'offset?', 'limit?', 'order?'],
    run: (call) => found(call),
  },
  {
    name: 'read',
    on: 'records',
    params: ['fields?', 'load?'],
    run: (call) =>
      readRecords(call.orm, call.model, idsToRead(call), optionalNames(call.args.fields), classic(call.args)),
  },
  {
    name: 'web_read',
    on: 'records',
    params: ['specification'],
    run: (call) => webRead(call.orm, call.model, idsToRead(call), parseSpecification(call.args.specification)),
  },
  {
    name: 'web_search_read',
    on: 'model',
    params: ['domain', 'specification', 'offset?', 'limit?', 'order?', 'count_limit?'],
    run: webSearchRead,
  },
  { name: 'name_search', on: 'model', params: ['name?', 'args?', 'operator?', 'limit?'], until: 18, run: nameSearch },
  {
    name: 'fields_get',
    on: 'model',
    params: ['allfields?', 'attributes?'],
    run: ({ orm, model, args }) => fieldsGet(orm, model, optionalNames(args.allfields), optionalNames(args.attributes)),
  },
  {
    name: 'get_views',
    on: 'model',
    params: ['views', 'options?'],
    run: ({ orm, model, args }) => getViews(orm, model, args.views, args.options),
  },
  {
    name: 'get_view',
    on: 'model',
    params: ['view_id?', 'view_type?', '**'],
    run: ({ orm, model, args }) => getView(orm, model, args.view_id, optionalText(args.view_type) ?? 'form'),
  },
  {
    name: 'onchange',
    on: 'records',
    params: ['values', 'field_names', 'fields_spec'],
    run: ({ orm, model, ids, args }) => {
      const [id] = ids.filter((one) => typeof one === 'number' && one > 0)
      return onchange(orm, model, {
        id: typeof id === 'number' ? id : undefined,
        values: valuesObject(args.values),
        changed: listedNames(args.field_names),
        specification: parseSpecification(args.fields_spec),
      })
    },
  },
  {
    name: 'get_metadata',
    on: 'records',
    params: [],
    run: (call) => getMetadata(call.orm, call.model, idsToRead(call)),
  },
  {
    name: 'default_get',
    on: 'model',
    params: ['fields_list'],
    run: ({ orm, model, args }) => {
      return shownDefaults(orm, model, optionalNames(args.fields_list) ?? [])
    },
  },
  {
    name: 'check_access_rights',
    on: 'model',
    params: ['operation', 'raise_exception?'],
    run: ({ orm, model, args }) => {
      const operation = operationOf(args.operation)
      const may = mayUse(orm, model.name, operation)
      if (args.raise_exception === false) return may
      checkModel(orm, model, operation)
      // From 18 on it does what `check_access` does, which answers nothing.
      return orm.engine.version.rightsAreAnswered ? true : undefined
    },
  },
  { name: 'has_access', on: 'records', params: ['operation'], since: 18, run: hasAccess },
  {
    name: 'check_access',
    on: 'records',
    params: ['operation'],
    since: 18,
    run: (call) => {
      const operation = operationOf(call.args.operation)
      if (!hasAccess(call)) checkRecords(call.orm, call.model, idsToRead(call), operation)
    },
  },
  {
    name: 'check_access_rule',
    on: 'records',
    params: ['operation'],
    run: (call) => {
      const ids = idsToRead(call)
      const there = existingIds(call.orm, call.model, ids)
      checkRules(call.orm, call.model, [...there], operationOf(call.args.operation))
      const missing = ids.filter((id) => !there.has(id))
      if (missing.length > 0) throw missingError(call.model.name, missing, call.orm.uid)
    },
  },
  {
    name: 'exists',
    on: 'records',
    params: [],
    run: (call) => {
      const ids = idsToRead(call)
      const there = existingIds(call.orm, call.model, ids)
      return ids.filter((id) => there.has(id))
    },
  },
  {
    name: 'name_get',
    on: 'records',
    params: [],
    until: 17,
    run: (call) => [...call.orm.names(call.model.name, idsToRead(call))],
  },
  { name: 'name_search', on: 'model', params: ['name?', 'domain?', 'operator?', 'limit?'], since: 19, run: nameSearch },
  {
    name: 'web_name_search',
    on: 'model',
    params: ['name', 'specification', 'domain?', 'operator?', 'limit?'],
    since: 19,
    run: (call) => webRead(call.orm, call.model, namedIds(call), parseSpecification(call.args.specification)),
  },
]

function found({ orm, model, args }: MethodCall): number[] {
  return searchIds(orm, model, 'domain' in args ? args.domain : [], pageOf(args))
}

function pageOf(args: Readonly<Record<string, unknown>>): SearchOptions {
  return {
    order: optionalText(args.order),
    limit: args.limit,
    offset: args.offset,
  }
}

/** `load` left out is `_classic_read`, with names; anything else is without. */
function classic(args: Readonly<Record<string, unknown>>): boolean {
  return !('load' in args) || args.load === '_classic_read'
}

/**
 * An empty page has length 0, wherever it lies. Else the length is counted, no further than `count_limit`, when the page
 * is full or the context has `force_search_count`; without a limit, and once `count_limit` is reached, it is where the
 * page ends (odoo 18.0 web/models/models.py, _format_web_search_read_results).
 */
function webSearchRead(call: MethodCall): { length: number; records: unknown[] } {
  const { orm, model, args } = call
  const specification = parseSpecification(args.specification)
  const names = Object.keys(specification)
  if (names.length > 0) fieldsFor(orm, model, names)
  const records = webRead(orm, model, found(call), specification)
  if (records.length === 0) return { length: 0, records }
  const limit = rowCount(args.limit, 'LIMIT')
  const countLimit = rowCount(args.count_limit, 'LIMIT')
  const end = records.length + (rowCount(args.offset, 'OFFSET') ?? 0)
  const counted = countLimit !== undefined && countLimit <= end
  const goesOn = records.length === limit && !counted
  if (limit === undefined || !(goesOn || pythonTruth(orm.context.force_search_count))) return { length: end, records }
  return { length: countMatching(orm, model, args.domain, args.count_limit), records }
}

function nameSearch(call: MethodCall): [number, string][] {
  const ids = namedIds(call)
  const names = call.orm.names(call.model.name, ids)
  return ids.map((id) => [id, names.get(id) ?? ''])
}

function namedIds({ orm, model, args }: MethodCall): number[] {
  return nameSearchIds(orm, model, {
    name: args.name === undefined || args.name === false || args.name === null ? '' : pythonText(args.name),
    domain: args.args ?? args.domain ?? [],
    operator: optionalText(args.operator) ?? 'ilike',
    limit: 'limit' in args ? args.limit : 100,
  })
}

function hasAccess(call: MethodCall): boolean {
  const operation = operationOf(call.args.operation)
  if (!mayUse(call.orm, call.model.name, operation)) return false
  const ids = idsToRead(call)
  return permittedIds(call.orm, call.model, ids, operation).length === new Set(ids).size
}

function operationOf(value: unknown): Operation {
  if (value === 'read' || value === 'write' || value === 'create' || value === 'unlink') return value
  throw assertionError('Invalid access mode')
}
