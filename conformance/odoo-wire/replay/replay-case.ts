import { compareAnswers } from '../compare/compare-answers.ts'
import type { Difference } from '../compare/compare-values.ts'
import { isList, isObject, type Json, mapTexts, valueAt } from '../json.ts'
import type { Case, SetupCall, Step } from '../recording.ts'
import { expectAnswer } from '../rules/expect-answer.ts'
import { databaseName, fillRequest, modelOf } from '../stage/fill-request.ts'
import { type Journal, openJournal } from '../stage/journal.ts'
import { callModel, Unprepared } from '../stage/odoo-client.ts'
import { prepare, settleUser, setupAt } from '../stage/preparations.ts'
import { openScene, type Scene } from '../stage/scene.ts'
import type { Stage } from '../stage/stage.ts'
import { wireAnswer } from '../wire/answer.ts'
import type { RawRequest } from '../wire/raw-http.ts'
import { bindAnswer } from './bind-answer.ts'

/** How one exchange went. */
export type Verdict = {
  readonly step: Step
  /** The first difference; undefined where the answers are alike. */
  readonly difference?: Difference
}

/** Replays a case, step by step, and writes back what it overwrote. */
export async function replayCase(stage: Stage, ofCase: Case): Promise<readonly Verdict[]> {
  const scene = openScene(stage, ofCase)
  const journal = openJournal(stage)
  const endings: (() => Promise<void>)[] = []
  const verdicts: Verdict[] = []
  const before = await refused(async () => note(endings, await prepare(scene, journal, 0)))
  for (const [at, step] of ofCase.steps.entries()) {
    const difference = before ?? (await replayStep(scene, journal, step, at + 1, endings))
    verdicts.push({ step, ...(difference && { difference }) })
  }
  await refused(() => makeSetup(scene, journal, setupAt(scene, 'after')))
  for (const end of endings) await end()
  await journal.undo()
  return verdicts
}

async function replayStep(
  scene: Scene,
  journal: Journal,
  step: Step,
  number: number,
  endings: (() => Promise<void>)[],
): Promise<Difference | undefined> {
  const unprepared = await refused(async () => {
    await makeSetup(scene, journal, setupAt(scene, number))
    note(endings, await prepare(scene, journal, number))
  })
  if (unprepared) return unprepared
  let difference: Difference | undefined
  const failed = await refused(async () => {
    const request = await fillRequest(scene, step)
    await noteOverwritten(journal, request)
    const answer = await scene.stage.odoo.send(request)
    const actual = wireAnswer(answer)
    const expected = expectAnswer({ ...scene.case, step }, translationOf(scene, step))
    difference = compareAnswers(expected, actual)
    scene.hear(answer)
    bindAnswer(scene, step, actual.body)
  })
  return failed ?? difference
}

/** What could not be brought about, and connections that break, are differences too. */
async function refused(act: () => Promise<void>): Promise<Difference | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const path = error instanceof Unprepared ? 'preparation' : 'connection'
    if (path === 'connection' && error instanceof TypeError) throw error
    return { path, expected: 'that it can be replayed', actual: error.message.slice(0, 300) }
  }
}

function note(endings: (() => Promise<void>)[], ending: (() => Promise<void>) | undefined): void {
  if (ending) endings.push(ending)
}

async function makeSetup(scene: Scene, journal: Journal, calls: readonly SetupCall[]): Promise<void> {
  for (const call of calls) {
    const { model, method } = call
    const provider = scene.found.get('<provider>') ?? ''
    const here = (text: string) => text.replace(/http:\/\/127\.0\.0\.1:900\d/, provider)
    const args = call.args.map((arg) => mapTexts(scene.ids.inRequest(arg, model), here))
    const session = await scene.session(call.as)
    await journal.beforeCall({ model, method, args })
    const result = await callModel(scene.stage.odoo, session, { model, method, args, kwargs: call.kwargs })
    scene.ids.bind(model, call.result, result)
    const [token] = method === 'generate_access_token' ? [result].flat() : []
    if (typeof token === 'string') scene.found.set('<access-token>', token)
    await settleUser(scene, call)
  }
}

async function noteOverwritten(journal: Journal, { path, body }: RawRequest): Promise<void> {
  const text = body?.toString('utf8') ?? ''
  if (!/"write"|"set_param"|resequence/.test(path + text)) return
  const params = valueAt(JSON.parse(text), 'params')
  if (!isObject(params) || typeof params.model !== 'string') return
  const { model, method = 'resequence', args = [params.ids ?? null] } = params
  if (isList(args)) await journal.beforeCall({ model, method: String(method), args })
}

function translationOf(scene: Scene, step: Step): { text: (text: string) => string; body: (body: Json) => Json } {
  const { body } = step.request
  const model = modelOf(isObject(body) ? (body.params ?? null) : null)
  const database = databaseName(scene.case.version)
  // A sign-in over RPC answers nothing but the user.
  const answersUser = valueAt(body, 'params.service') === 'common'
  const text = (value: string) => scene.ids.inText(value).replace(database, scene.stage.odoo.database)
  return {
    text,
    body: (value) =>
      mapTexts(
        envelopeApart(value, (inner) =>
          answersUser && typeof inner === 'number'
            ? (scene.ids.find(inner, 'res.users') ?? inner)
            : scene.ids.inAnswer(inner, model),
        ),
        text,
      ),
  }
}

/** The id of an envelope is the client's, no record's. */
function envelopeApart(body: Json, translate: (value: Json) => Json): Json {
  if (!isObject(body) || !('jsonrpc' in body)) return translate(body)
  const { jsonrpc = null, id = null, ...rest } = body
  return { jsonrpc, id, ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, translate(value)])) }
}
