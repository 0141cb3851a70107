/**
 * Lets identical reads that are under way at the same time share one answer.
 *
 * What may be shared is decided by the key: it names the grant, so that nothing crosses from one sign-in to another,
 * and everything that is asked. A read that arrives after a write was acknowledged never joins one that began before
 * it: `wroteTo` starts a new generation of the database.
 */
export class SharedReads {
  readonly #underWay = new Map<string, Promise<unknown>>()
  readonly #generations = new Map<string, number>()

  /** The answer of the read with this key that is under way, or of a new one. */
  read<Answer>(database: string, key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const wholeKey = `${this.#generations.get(database) ?? 0}/${key}/${database}`
    const known = this.#underWay.get(wholeKey)
    // The key names all that is asked, and so the type of what is answered.
    if (known !== undefined) return known as Promise<Answer>
    const answer = ask().finally(() => this.#underWay.delete(wholeKey))
    this.#underWay.set(wholeKey, answer)
    return answer
  }

  /** Told after each write, whether it succeeded or not: from now on reads are asked anew. */
  wroteTo(database: string): void {
    this.#generations.set(database, (this.#generations.get(database) ?? 0) + 1)
  }
}
