import type { OdooVersion } from '../version/odoo-version.ts'
import { readSections } from './read-facts.ts'

/** What a view of Odoo shows: its id, its title, and its fields in order. */
export type ViewFacts = { readonly id: number; readonly string?: string; readonly fields: readonly string[] }

type ViewsOfModel = Readonly<Record<string, ViewFacts>>

const read = new Map<OdooVersion, ReadonlyMap<string, ViewsOfModel>>()

/**
 * The views of a model by their type: `data/views/views-<version>.jsonl`, one line a model. They were read from real
 * servers by `get_views`; the file is looked at when the first view is asked for.
 */
export function viewsOf(version: OdooVersion, model: string): ViewsOfModel {
  const known = read.get(version) ?? readViews(version)
  read.set(version, known)
  return known.get(model) ?? {}
}

function readViews(version: OdooVersion): ReadonlyMap<string, ViewsOfModel> {
  // The file is part of the program; its shape is checked by a test.
  return new Map(
    readSections(`views/views-${version}.jsonl`).map(({ head }) => [String(head.model), head.views as ViewsOfModel]),
  )
}
