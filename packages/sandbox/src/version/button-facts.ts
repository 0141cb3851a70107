/** Database ids of the views that actions of buttons name, as the recorded installations had them. */
export type ButtonFacts = {
  readonly convertTaskForm: number
  readonly sharedTaskForm: number
  readonly sharedTaskSearch: number
  readonly accountForm: number
  readonly accountTitle: string
  /** The list of milestones; undefined where it is an action of its own. */
  readonly milestoneViews: readonly (readonly [number | false, string])[] | undefined
  /** The form of a customer's tasks; undefined where there is no such button. */
  readonly customerTaskForm: number | undefined
  /** What updates of a project are called, behind its name. */
  readonly updatesOf: string
  /** Tasks that wait for another are shown open ones first. */
  readonly dependentsAreOpen: boolean
  /** What the list of a project's tasks is told besides: is there a customer to show, or what the project allows. */
  readonly tasksAreTold: 'nothing' | 'billable' | 'allowances'
  /** The filter that ratings of a project are shown with. */
  readonly ratingsOfLastMonth: Readonly<Record<string, unknown>>
}

export const buttons17: ButtonFacts = {
  convertTaskForm: 579,
  sharedTaskForm: 605,
  sharedTaskSearch: 606,
  accountForm: 407,
  accountTitle: 'Account Security',
  milestoneViews: [[598, 'list']],
  customerTaskForm: undefined,
  updatesOf: "'s Updates",
  dependentsAreOpen: false,
  tasksAreTold: 'nothing',
  ratingsOfLastMonth: { search_default_rating_last_30_days: 1 },
}

export const buttons18: ButtonFacts = {
  convertTaskForm: 924,
  sharedTaskForm: 953,
  sharedTaskSearch: 954,
  accountForm: 445,
  accountTitle: 'Account Security',
  milestoneViews: [
    [1171, 'list'],
    [false, 'form'],
  ],
  customerTaskForm: 939,
  updatesOf: ' Dashboard',
  dependentsAreOpen: true,
  tasksAreTold: 'billable',
  ratingsOfLastMonth: { search_default_filter_write_date: 'custom_write_date_last_30_days' },
}

export const buttons19: ButtonFacts = {
  convertTaskForm: 625,
  sharedTaskForm: 666,
  sharedTaskSearch: 667,
  accountForm: 444,
  accountTitle: 'Security',
  milestoneViews: undefined,
  customerTaskForm: 644,
  updatesOf: ' Dashboard',
  dependentsAreOpen: true,
  tasksAreTold: 'allowances',
  ratingsOfLastMonth: { search_default_filter_write_date: 'custom_write_date_last_30_days' },
}
