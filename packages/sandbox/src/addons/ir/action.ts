import type { Behaviour, Orm } from '../../engine/contract.ts'
import { externalIdsOf } from '../../orm/external-ids.ts'

const externalNames =
  (model: string) =>
  (orm: Orm, ids: readonly number[]): Map<number, string> => {
    const names = externalIdsOf(orm, orm.model(model), ids)
    // Of several names the oldest counts.
    return new Map(ids.map((id) => [id, names.get(id)?.[0]?.name ?? '']))
  }

/** What an action of any kind has: its external name. */
export function action(model: string): Behaviour {
  return { computed: { xml_id: externalNames(model) } }
}

/** Reports: the model by its name. */
export const irActionsReport: Behaviour = {
  computed: {
    xml_id: externalNames('ir.actions.report'),
    model_id: (orm, ids) => {
      const all = orm.asSuperuser()
      const reports = all.values('ir.actions.report', ids, ['model'])
      return new Map(
        [...reports].map(([id, { model }]) => [id, all.search('ir.model', [['model', '=', model]])[0] ?? false]),
      )
    },
  },
}
