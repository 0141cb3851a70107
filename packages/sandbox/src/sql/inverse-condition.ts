import type { InverseStorage } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { identifier, type Sql, sql } from './sql-text.ts'

/** ` AND …`, to be put behind a condition on the inverse column, so that only records of this model's count; mostly empty. */
export function inverseCondition(model: Model, { modelField }: InverseStorage): Sql {
  return modelField === undefined ? sql`` : sql` AND ${identifier(modelField)} = ${model.name}`
}
