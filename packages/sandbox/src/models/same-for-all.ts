/** One value for every record. */
export function everyone<T>(ids: readonly number[], value: T): Map<number, T> {
  return new Map(ids.map((id) => [id, value]))
}
