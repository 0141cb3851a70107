/** What the doctor can say of something. `unknown`: it could not look. */
export type FindingState = 'ok' | 'unknown' | 'warning' | 'fault'

/** One thing that the doctor looked at. */
export type Finding = {
  /** The part of the installation: `settings`, `store`, `keys`, `gateway`, `apis`, `odoo <database>`. */
  readonly about: string
  readonly state: FindingState
  /** What is so. */
  readonly what: string
  /** Why it matters, where it is not plain. */
  readonly why?: string
  /** What to do now. */
  readonly next?: string
}

/** Makes findings about one part. */
export function findingsAbout(about: string) {
  const make =
    (state: FindingState) =>
    (what: string, more: { readonly why?: string; readonly next?: string } = {}): Finding => ({
      about,
      state,
      what,
      ...more,
    })
  return { ok: make('ok'), unknown: make('unknown'), warning: make('warning'), fault: make('fault') }
}

const MARKS = { ok: 'ok     ', unknown: '?      ', warning: 'warning', fault: 'FAULT  ' } as const satisfies Record<
  FindingState,
  string
>

/** The findings for people, part by part, and how many there are of each state. */
export function describeFindings(findings: readonly Finding[]): string {
  const parts = [...new Set(findings.map(({ about }) => about))]
  const blocks = parts.map((part) => {
    const lines = findings
      .filter(({ about }) => about === part)
      .flatMap(({ state, what, why, next }) => [
        `  ${MARKS[state]}  ${what}`,
        ...(why === undefined ? [] : [`${INDENT}${why}`]),
        ...(next === undefined ? [] : [`${INDENT}-> ${next}`]),
      ])
    return `${part}\n${lines.join('\n')}`
  })
  const count = (state: FindingState) => findings.filter((finding) => finding.state === state).length
  const total = `Faults: ${count('fault')}, warnings: ${count('warning')}, not looked at: ${count('unknown')}, fine: ${count('ok')}.`
  return [...blocks, total].join('\n\n')
}

const INDENT = ' '.repeat(11)
