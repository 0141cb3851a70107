import { CHANGED_SUBJECTS } from '../../administration/record-change.ts'
import { OBSERVATION_KINDS } from './observation-kinds.ts'

/** Every kind of event that the audit trail can hold, in the order of the alphabet. */
export const AUDIT_KINDS: readonly string[] = [
  ...Object.entries(OBSERVATION_KINDS).flatMap(([kind, { audit }]) => (audit === 'not' ? [] : [kind])),
  ...CHANGED_SUBJECTS.map((subject) => `${subject}_changed`),
].sort()
