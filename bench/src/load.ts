import autocannon from 'autocannon'

/** One request, sent again and again. */
export type Shot = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What came of a load. */
export type LoadResult = { readonly perSecond: number; readonly failures: number }

/** Sends a shot over `connections` connections for some seconds; every answer that is not 2xx is a failure. */
export async function load(shot: Shot, connections: number, seconds: number): Promise<LoadResult> {
  const { url, method, headers, body } = shot
  const result = await autocannon({
    url,
    method,
    headers: { ...headers },
    connections,
    duration: seconds,
    ...(body === undefined ? {} : { body }),
  })
  return { perSecond: result.requests.average, failures: result.non2xx + result.errors }
}

/** The latencies of `count` shots, one after the other, over one connection. Milliseconds, sorted. */
export async function latencies(shot: Shot, count: number): Promise<readonly number[]> {
  const { url, method, headers, body } = shot
  const measured: number[] = []
  for (let shots = 0; shots < count; shots++) {
    const startedAt = performance.now()
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}.`)
    measured.push(performance.now() - startedAt)
  }
  return measured.sort((left, right) => left - right)
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
