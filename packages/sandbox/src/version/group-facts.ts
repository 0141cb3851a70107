/** How a release puts records into groups. */
export type GroupFacts = {
  /** May records be grouped and added up by related fields, beside inherited ones? */
  readonly byRelated: boolean
  /** May they be grouped along a path of many2one fields? */
  readonly alongPaths: boolean
  /** The domain of the group of records whose many2many is empty. */
  readonly unlinked: 'not in others' | 'not any'
  /** What `read_progress_bar` calls its groups. */
  readonly progress: 'label' | 'id or label' | 'value'
  /** Where tasks grouped by stage show all stages of the project. */
  readonly stagesExpandIn: 'everything' | 'kanban'
  /** Is there `sum_currency`, which adds amounts up in the company's currency? */
  readonly sumsCurrencies: boolean
}

export const groups17: GroupFacts = {
  byRelated: false,
  alongPaths: false,
  unlinked: 'not in others',
  progress: 'label',
  stagesExpandIn: 'everything',
  sumsCurrencies: false,
}

export const groups18: GroupFacts = {
  byRelated: true,
  alongPaths: false,
  unlinked: 'not any',
  progress: 'id or label',
  stagesExpandIn: 'kanban',
  sumsCurrencies: false,
}

export const groups19: GroupFacts = { ...groups18, alongPaths: true, progress: 'value', sumsCurrencies: true }
