export { CONTEXT_KEYS, type ContextKey, type OdooContext, pickContext } from './context.ts'
export {
  FIELD_TYPES,
  type FieldType,
  type FieldTypeFacts,
  fieldTypeFacts,
  readFieldType,
} from './field-type.ts'
export {
  FIELDS_GET_ATTRIBUTES,
  type FieldSchema,
  type ModelSchema,
  readModelSchema,
  SchemaError,
} from './model-schema.ts'
export type { Specification } from './specification.ts'
export { checkWriteValue } from './write-value.ts'
export {
  CommandError,
  ID_MAX,
  isRecordId,
  parseX2manyCommands,
  printX2manyCommands,
  type RecordValues,
  type X2manyCommand,
} from './x2many-command.ts'
