// long: one row a release, and what each of its columns says

import { type ButtonFacts, buttons17, buttons18, buttons19 } from './button-facts.ts'
import { type CredentialFacts, credentials17, credentials18, credentials19 } from './credential-facts.ts'
import { type DomainDialect, domain17, domain18, domain19 } from './domain-dialect.ts'
import { type FileFacts, files17, files18, files19 } from './file-facts.ts'
import { type GroupFacts, groups17, groups18, groups19 } from './group-facts.ts'
import { type PageFacts, pages17, pages18, pages19 } from './page-facts.ts'
import { type PartnerFacts, partners17, partners18, partners19 } from './partner-facts.ts'
import { type PortalTaskFacts, portalTasks17, portalTasks18, portalTasks19 } from './portal-facts.ts'
import { privateMethods17, privateMethods18, privateMethods19 } from './private-methods.ts'
import { type RpcFacts, rpc17, rpc18, rpc19 } from './rpc-facts.ts'
import { type Sentences, sentences17, sentences18, sentences19 } from './sentences.ts'
import { type TaskFacts, tasks17, tasks18, tasks19 } from './task-facts.ts'
import { type ThreadFacts, threads17, threads18, threads19 } from './thread-facts.ts'
import { type TransferFacts, transfers17, transfers18, transfers19 } from './transfer-facts.ts'

/** The releases of Odoo that the sandbox can look like. */
export type OdooVersion = 17 | 18 | 19

/**
 * How one release differs from the others. Code reads a row, it never asks which version it is: a new difference is a
 * new column here. Each column says what it decides and where it was seen.
 */
export type VersionRow = {
  readonly version: OdooVersion
  /** `server_version` of version_info and of the session. */
  readonly serverVersion: string
  /** `error.code` of an ordinary failure. */
  readonly errorCode: 200 | 0
  /** What an unknown model is on call_kw; `not_found` is told before the session is looked at. */
  readonly unknownModel: 'key_error' | 'not_found'
  /** What a body that is no JSON object with params gets on call_kw. */
  readonly badBody: 'bad_request' | 'envelope'
  /** The status of a JSON route called with another content type. */
  readonly wrongContentType: 400 | 415
  /** May the path of call_button carry model and method? */
  readonly callButtonPath: boolean
  /** The word of the 400 and 415 pages for a JSON route. */
  readonly jsonRouteType: string
  /** The first call of a session sends its cookie again (device log). */
  readonly firstCallSendsCookie: boolean
  /** The header X-Openerp-Session-Id and the parameter `session_id` count before the cookie, and no cookie is set then. */
  readonly explicitSessions: boolean
  /** An id of any shape is kept for somebody who is not signed in; otherwise one of 84 characters of base64url. */
  readonly anySessionId: boolean
  /** After how long the id of a session is replaced; undefined: never. */
  readonly rotatesSessionsMs: number | undefined
  /** How pages differ. */
  readonly pages: PageFacts
  /** Is `kwargs: []` accepted as no keyword arguments? */
  readonly kwargsMayBeList: boolean
  /** Is a language that is not installed refused? */
  readonly refusesUnknownLanguage: boolean
  /** `copy` answers one id or a list. */
  readonly copyAnswers: 'id' | 'ids'
  /** `copy` of several records at once. */
  readonly copiesMany: boolean
  /** The relation of a user to its groups, and whether it holds implied groups too. */
  readonly groupsField: 'groups_id' | 'group_ids'
  readonly groupsAreClosed: boolean
  /** How domains are read; see `DomainDialect`. */
  readonly domain: DomainDialect
  /** Ordering by a field that has no column. */
  readonly unstoredOrder: 'ignored' | 'refused'
  /** many2one fields by model whose record Odoo reads on writing in this version, besides those of `ModelRow`. */
  readonly readsTargetOf: Readonly<Record<string, readonly string[]>>
  /** Writing a field that does not exist. */
  readonly unknownFieldOnWrite: 'value_error' | 'key_error'
  /** What `fields_get` calls the way in which a group adds values up, and whether it tells `groupable`. */
  readonly aggregatorAttribute: 'group_operator' | 'aggregator'
  readonly tellsGroupable: boolean
  /** Public methods that a client may not call (`@api.private`). */
  readonly privateMethods: ReadonlySet<string>
  /** Do related fields tell in `fields_get` whether `child_of` may be used on them? */
  readonly tellsHierarchies: boolean
  /** `name_search` counts what it found by code (`nameSearchFirst`) towards its limit. */
  readonly nameSearchFirstCounts: boolean
  /** Do days and moments have numbers, such as `month_number`, to group and search by? */
  readonly datesHaveParts: boolean
  readonly groups: GroupFacts
  readonly transfers: TransferFacts
  /** Does the form of a new record ask for the right to create? */
  readonly formsNeedCreate: boolean
  /** What the view of a list is called. */
  readonly listView: 'tree' | 'list'
  /** Where `get_views` tells the fields of a model: at once, or in `fields`. */
  readonly tellsFieldsOfViews: 'at once' | 'in fields'
  /** Database id of the form of users, which a refusal to delete their partners points at. */
  readonly userFormId: number
  /** What the information of a session holds beyond the rest. */
  readonly sessionFacts: {
    readonly tellsPublic: boolean
    readonly tellsGroups: boolean
    readonly namesCurrencies: boolean
    readonly tellsUserId: boolean
    readonly tellsPartnerDate: boolean
  }
  /** Does a search for menus leave out those that the user would not see? */
  readonly hidesMenus: boolean
  /** Does `check_access_rights` answer true when it refuses nothing? */
  readonly rightsAreAnswered: boolean
  readonly portalTasks: PortalTaskFacts
  /** Whose refusal an attachment tells: that of the record that it is linked to, or its own. */
  readonly attachmentRights: 'linked' | 'own'
  readonly credentials: CredentialFacts
  readonly files: FileFacts
  readonly threads: ThreadFacts
  readonly partners: PartnerFacts
  readonly tasks: TaskFacts
  /** A currency tells how much of the company's it is worth, not how much it is worth of it. */
  readonly currenciesTellInverse: boolean
  readonly buttons: ButtonFacts
  readonly rpc: RpcFacts
  readonly say: Sentences
}

/** One row a release. */
export const VERSIONS = {
  17: {
    version: 17,
    serverVersion: '17.0',
    errorCode: 200,
    unknownModel: 'key_error',
    badBody: 'bad_request',
    wrongContentType: 400,
    callButtonPath: false,
    jsonRouteType: 'json',
    firstCallSendsCookie: false,
    explicitSessions: true,
    anySessionId: true,
    rotatesSessionsMs: undefined,
    pages: pages17,
    kwargsMayBeList: false,
    refusesUnknownLanguage: false,
    copyAnswers: 'id',
    copiesMany: false,
    groupsField: 'groups_id',
    groupsAreClosed: true,
    domain: domain17,
    unstoredOrder: 'ignored',
    readsTargetOf: {},
    unknownFieldOnWrite: 'value_error',
    aggregatorAttribute: 'group_operator',
    tellsGroupable: false,
    privateMethods: privateMethods17,
    tellsHierarchies: false,
    nameSearchFirstCounts: false,
    datesHaveParts: false,
    groups: groups17,
    transfers: transfers17,
    formsNeedCreate: false,
    listView: 'tree',
    tellsFieldsOfViews: 'at once',
    userFormId: 162,
    sessionFacts: {
      tellsPublic: false,
      tellsGroups: false,
      namesCurrencies: false,
      tellsUserId: true,
      tellsPartnerDate: false,
    },
    attachmentRights: 'linked',
    credentials: credentials17,
    files: files17,
    threads: threads17,
    partners: partners17,
    tasks: tasks17,
    currenciesTellInverse: true,
    buttons: buttons17,
    rpc: rpc17,
    hidesMenus: true,
    rightsAreAnswered: true,
    portalTasks: portalTasks17,
    say: sentences17,
  },
  18: {
    version: 18,
    serverVersion: '18.0',
    errorCode: 200,
    unknownModel: 'not_found',
    badBody: 'envelope',
    wrongContentType: 400,
    callButtonPath: true,
    jsonRouteType: 'json',
    firstCallSendsCookie: true,
    explicitSessions: false,
    anySessionId: false,
    rotatesSessionsMs: undefined,
    pages: pages18,
    kwargsMayBeList: true,
    refusesUnknownLanguage: true,
    copyAnswers: 'ids',
    copiesMany: true,
    groupsField: 'groups_id',
    groupsAreClosed: true,
    domain: domain18,
    unstoredOrder: 'refused',
    // Recorded with account and sale installed, which read the country of a contact.
    readsTargetOf: { 'res.partner': ['country_id'] },
    unknownFieldOnWrite: 'value_error',
    aggregatorAttribute: 'aggregator',
    tellsGroupable: true,
    privateMethods: privateMethods18,
    tellsHierarchies: true,
    nameSearchFirstCounts: true,
    datesHaveParts: true,
    groups: groups18,
    transfers: transfers18,
    formsNeedCreate: false,
    listView: 'list',
    tellsFieldsOfViews: 'in fields',
    userFormId: 163,
    sessionFacts: {
      tellsPublic: true,
      tellsGroups: false,
      namesCurrencies: false,
      tellsUserId: false,
      tellsPartnerDate: true,
    },
    attachmentRights: 'linked',
    credentials: credentials18,
    files: files18,
    threads: threads18,
    partners: partners18,
    tasks: tasks18,
    currenciesTellInverse: false,
    buttons: buttons18,
    rpc: rpc18,
    hidesMenus: true,
    rightsAreAnswered: false,
    portalTasks: portalTasks18,
    say: sentences18,
  },
  19: {
    version: 19,
    serverVersion: '19.0',
    errorCode: 0,
    unknownModel: 'not_found',
    badBody: 'envelope',
    wrongContentType: 415,
    callButtonPath: true,
    jsonRouteType: 'jsonrpc',
    firstCallSendsCookie: true,
    explicitSessions: false,
    anySessionId: false,
    rotatesSessionsMs: 3 * 3600 * 1000,
    pages: pages19,
    kwargsMayBeList: true,
    refusesUnknownLanguage: true,
    copyAnswers: 'ids',
    copiesMany: true,
    groupsField: 'group_ids',
    groupsAreClosed: false,
    domain: domain19,
    unstoredOrder: 'refused',
    readsTargetOf: {},
    unknownFieldOnWrite: 'key_error',
    aggregatorAttribute: 'aggregator',
    tellsGroupable: true,
    privateMethods: privateMethods19,
    tellsHierarchies: true,
    nameSearchFirstCounts: true,
    datesHaveParts: true,
    groups: groups19,
    transfers: transfers19,
    formsNeedCreate: true,
    listView: 'list',
    tellsFieldsOfViews: 'in fields',
    userFormId: 167,
    sessionFacts: {
      tellsPublic: true,
      tellsGroups: true,
      namesCurrencies: true,
      tellsUserId: false,
      tellsPartnerDate: true,
    },
    attachmentRights: 'own',
    credentials: credentials19,
    files: files19,
    threads: threads19,
    partners: partners19,
    tasks: tasks19,
    currenciesTellInverse: false,
    buttons: buttons19,
    rpc: rpc19,
    hidesMenus: false,
    rightsAreAnswered: false,
    portalTasks: portalTasks19,
    say: sentences19,
  },
} as const satisfies Record<OdooVersion, VersionRow>
