import { inWords } from './in-words.ts'

/** The sentences that Odoo words differently from release to release. Names are technical, labels are for people. */
export type Sentences = {
  /** The ending of `This operation is allowed for the following groups:`, one group. */
  readonly groupInList: (category: string | undefined, name: string) => string
  readonly requiredUnset: (field: FieldName) => string
  readonly recordInUse: (field: FieldName) => string
  readonly relationTargetMissing: (constraint: string) => string
  /** What an import says of a row: a required field without a value, values that exist, another constraint. */
  readonly importRequired: (field: FieldName) => string
  readonly importUnique: (fields: readonly string[], labels: readonly string[], sentence: string) => string
  readonly importCheck: (sentence: string) => string
  readonly privateMethod: (model: string, method: string) => string
  readonly unknownMethod: (model: string, method: string) => string
  readonly unknownField: (model: string, field: string) => string
  readonly unknownFieldOnCreate: (model: string, field: string) => string
  readonly unknownFieldInDomain: (model: string, field: string, term: string) => string
  readonly forbiddenFields: (refusal: FieldRefusal) => string
  /** The same for portal users, who are not told which groups there are. */
  readonly forbiddenFieldsOutside: (refusal: FieldRefusal) => string
}

/** A field with its labels, as the constraint sentences name it. `constraint` is PostgreSQL's name for it. */
export type FieldName = {
  readonly model: string
  readonly modelLabel: string
  readonly field: string
  readonly fieldLabel: string
  readonly constraint: string
}

/** A refusal to read or write fields that are kept for some groups. `groups` is what Odoo writes in brackets. */
export type FieldRefusal = {
  readonly model: string
  readonly modelLabel: string
  readonly operation: string
  readonly uid: number
  readonly fields: readonly { readonly name: string; readonly groups: string }[]
}

const inUse17 = 'another model requires the record being deleted. If possible, archive it instead.'

export const sentences17: Sentences = {
  groupInList: (category, name) => (category ? `${category}/${name}` : name),
  requiredUnset: (at) =>
    `The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: ${inUse17}\n\n` +
    `Model: ${at.modelLabel} (${at.model})\nField: ${at.fieldLabel} (${at.field})\n`,
  recordInUse: (at) =>
    `The operation cannot be completed: ${inUse17}\n\nModel: ${at.modelLabel} (${at.model})\nConstraint: ${at.constraint}\n`,
  relationTargetMissing: (constraint) =>
    `The operation cannot be completed: ${inUse17}\n\nModel: Unknown (unknown)\nConstraint: ${constraint}\n`,
  importRequired: (at) => `Missing required value for the field '${at.fieldLabel}' (${at.field})`,
  importUnique: (fields, labels) => alreadyExist(fields, labels, (names) => names.join(', ')),
  importCheck: (sentence) => `'${sentence}'`,
  privateMethod: (_model, method) => `Private methods (such as ${method}) cannot be called remotely.`,
  unknownMethod: (model, method) => `The method '${method}' does not exist on the model '${model}'`,
  unknownField: (model, field) => `Invalid field '${field}' on model '${model}'`,
  unknownFieldOnCreate: (model, field) => `Invalid field '${field}' on model '${model}'`,
  unknownFieldInDomain: (model, field, term) => `Invalid field ${model}.${field} in leaf ${term}`,
  forbiddenFields: (refusal) =>
    'The requested operation can not be completed due to security restrictions.\n\n' +
    `Document type: ${refusal.modelLabel} (${refusal.model})\nOperation: ${refusal.operation}\nUser: ${refusal.uid}\n` +
    `Fields:\n${refusal.fields.map((field) => `- ${field.name} (${field.groups})`).join('\n')}`,
  forbiddenFieldsOutside: (refusal) =>
    `You do not have enough rights to access the fields "${namesIn(refusal)}" on ${refusal.modelLabel} ` +
    `(${refusal.model}). Please contact your system administrator.\n\n(Operation: ${refusal.operation})`,
}

export const sentences18: Sentences = {
  ...sentences17,
  forbiddenFieldsOutside: (refusal) =>
    `You do not have enough rights to access the fields "${namesIn(refusal)}" on ${refusal.modelLabel} ` +
    `(${refusal.model}). Please contact your system administrator.\n\nOperation: ${refusal.operation}`,
  importUnique: (fields, labels) => alreadyExist(fields, labels, inWords),
  privateMethod: (model, method) => `Private methods (such as '${model}.${method}') cannot be called remotely.`,
  unknownMethod: (model, method) => `The method '${model}.${method}' does not exist`,
  forbiddenFields: (refusal) =>
    `You do not have enough rights to access the fields "${namesIn(refusal)}" ` +
    `on ${refusal.modelLabel} (${refusal.model}). Please contact your system administrator.\n\n` +
    `Operation: ${refusal.operation}\nUser: ${refusal.uid}\n` +
    `Fields:\n${refusal.fields.map((field) => `- ${field.name} (${field.groups})`).join('\n')}`,
}

function alreadyExist(
  fields: readonly string[],
  labels: readonly string[],
  list: (names: readonly string[]) => string,
): string {
  const [field, ...others] = fields
  return others.length === 0
    ? `The value for the field '${field}' already exists (this is probably '${labels[0]}' in the current model).`
    : `The values for the fields '${list(fields)}' already exist (they are probably '${list(labels)}' in the current model).`
}

function namesIn(refusal: FieldRefusal): string {
  return refusal.fields.map((field) => field.name).join(',')
}

const inUse19 = 'Another model is using the record you are trying to delete.'
const archive19 = 'How about archiving the record instead?'

export const sentences19: Sentences = {
  ...sentences18,
  forbiddenFieldsOutside: (refusal) =>
    `You do not have enough rights to access the field "${refusal.fields[0]?.name}" on ${refusal.modelLabel} ` +
    `(${refusal.model}). Please contact your system administrator.\n\nOperation: read`,
  requiredUnset: (at) =>
    `The operation cannot be completed: Missing required value for the field '${at.fieldLabel}' (${at.field}).\n` +
    `Model: '${at.modelLabel}' (${at.model})\n- create/update: a mandatory field is not set\n` +
    '- delete: another model requires the record being deleted, you can archive it instead\n',
  importRequired: (at) =>
    `Missing required value for the field '${at.fieldLabel}' (${at.field}).\nModel: '${at.modelLabel}' (${at.model})\n` +
    '- create/update: a mandatory field is not set\n' +
    '- delete: another model requires the record being deleted, you can archive it instead\n',
  importUnique: (_fields, _labels, sentence) => sentence,
  importCheck: (sentence) => sentence,
  recordInUse: (at) =>
    `The operation cannot be completed: ${inUse19}\n\nThe troublemaker is: '${at.modelLabel}' (${at.model})\n` +
    `Thanks to the following constraint: '${at.fieldLabel}' (${at.field})\n${archive19}`,
  relationTargetMissing: (constraint) =>
    `The operation cannot be completed: ${inUse19}\n\nThe troublemaker is: Unknown\n` +
    `Thanks to the following constraint: ${constraint}\n${archive19}`,
  unknownField: (model, field) => `Invalid field '${field}' on '${model}'`,
  unknownFieldOnCreate: (model, field) => `Invalid field '${field}' in '${model}'`,
  unknownFieldInDomain: (model, field, term) => `Invalid field ${model}.${field} in condition ${term}`,
  forbiddenFields: (refusal) => {
    const [first] = refusal.fields
    // 19 speaks of reading also when a write was refused.
    return (
      `You do not have enough rights to access the field "${first?.name}" on ${refusal.modelLabel} (${refusal.model}). ` +
      `Please contact your system administrator.\n\nOperation: read\nUser: ${refusal.uid}\n` +
      `Groups: ${first?.groups}`
    )
  },
}
