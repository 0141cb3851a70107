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
export type { RecordValues, X2manyCommand } from './x2many-command.ts'
