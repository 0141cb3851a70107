import { memberOf } from '../compare/loose.ts'
import { isList, isObject, type Json } from '../json.ts'
import { modelOf } from '../stage/fill-request.ts'
import type { Place } from './place.ts'
import type { Rule } from './rule.ts'
import { anyIds, softenAt } from './soften.ts'

/** What is made gets the next id, whatever that is. Once an answer told it, later steps expect that one. */
export const NEW_RECORDS: readonly Rule[] = [
  {
    name: 'ids of new records',
    reason: 'The next id of a table hangs on what was made before.',
    where: (place) => placeOfNew(place) !== undefined,
    soften: (expected, { place }) => softenAt(expected, placeOfNew(place) ?? '', anyIds),
  },
  {
    name: 'ids of records inside new ones',
    reason: 'Lines, tags and files that come with a record get the next ids too.',
    where: {
      'write/x2many_create[2]': ['*.child_ids.*.id'],
      'write/x2many_mixed[2]': ['*.category_id.0'],
      'http/upload[2]': ['*.id'],
    },
    soften: anyIds,
  },
  {
    name: 'ids of wizards',
    reason: 'A wizard is a new record, which the action that opens it tells.',
    where: ({ step }) => /call_button/.test(step.request.path),
    soften: (action) => {
      const isWizard = /identitycheck|wizard/.test(String(memberOf(action, 'res_model')))
      return isWizard ? softenAt(action, 'res_id', anyIds) : action
    },
  },
  {
    name: 'ids of new keys and users',
    reason: 'No earlier answer told them: their wizards tell neither.',
    where: {
      '17:auth/apikey_lifecycle[5]': ['*.id'],
      '18:auth/apikey_lifecycle[5]': ['*.id'],
      '19:auth/apikey_lifecycle[4]': ['*.id'],
      'auth/json2_context_get': ['uid'],
      'auth/oauth_signin_bogus[11]': ['partner_id'],
    },
    soften: anyIds,
  },
  {
    name: 'settings of a user',
    reason: 'They are made when the user first signs in.',
    where: ({ group }) => group === 'auth',
    soften: (expected) => softenAt(expected, 'user_settings.id', anyIds),
  },
]

/** Methods whose result holds new ids, and where. */
const MAKERS: Readonly<Record<string, string>> = {
  copy: '',
  create: '',
  load: 'ids',
  message_post: '',
  name_create: '0',
  web_save: '*.id',
}

/** Where new ids are in the result of a step; undefined where it makes no record. */
function placeOfNew({ step }: Place): string | undefined {
  const { path, body } = step.request
  if (path.startsWith('/json/2/')) return MAKERS[path.split('/')[4] ?? '']
  const params = isObject(body) ? (body.params ?? null) : null
  if (!isObject(params) || modelOf(params) === undefined) return undefined
  const method = String(params.method)
  return method === 'web_save' && savesExisting(params.args ?? null) ? undefined : MAKERS[method]
}

function savesExisting(args: Json): boolean {
  const ids = isList(args) ? args[0] : undefined
  return isList(ids) && ids.length > 0
}
