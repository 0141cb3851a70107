/** What came back. Names of headers are in lower case; a repeated header is a list. */
export type WireAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
}

/** What decides where an answer ends (RFC 9112 §6.3). */
type Circumstances = {
  /** Whether HEAD was asked: such an answer has no body, whatever its headers say. */
  readonly isHead: boolean
  /** Whether the server closed the connection, so that nothing follows. */
  readonly ended: boolean
}

/** The answer in these bytes; undefined while it is not complete. Interim answers (1xx) are skipped. */
export function readAnswer(bytes: Buffer, circumstances: Circumstances): WireAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1])
  if (Number.isNaN(status)) throw new Error(`no HTTP answer: ${JSON.stringify(statusLine.slice(0, 80))}`)
  const rest = bytes.subarray(headEnd + 4)
  if (status < 200) return readAnswer(rest, circumstances)
  const headers = headersOf(lines)
  const body = circumstances.isHead || status === 204 || status === 304 ? Buffer.alloc(0) : bodyOf(rest, headers)
  if (body !== undefined) return { status, headers, body }
  return circumstances.ended ? { status, headers, body: rest } : undefined
}

function headersOf(lines: readonly string[]): WireAnswer['headers'] {
  const pairs = lines.map((line): [string, string] => {
    const at = line.indexOf(':')
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
  })
  const byName = Map.groupBy(pairs, ([name]) => name)
  return Object.fromEntries(
    [...byName].map(([name, found]) => {
      const values = found.map(([, value]) => value)
      return [name, values.length > 1 || name === 'set-cookie' ? values : (values[0] ?? '')]
    }),
  )
}

/** Undefined while the body is not complete, and where only the end of the connection tells. */
function bodyOf(rest: Buffer, headers: WireAnswer['headers']): Buffer | undefined {
  if (String(headers['transfer-encoding'] ?? '').toLowerCase() === 'chunked') return joinChunks(rest)
  const length = Number(headers['content-length'] ?? Number.NaN)
  return rest.length >= length ? rest.subarray(0, length) : undefined
}

function joinChunks(rest: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16)
    if (Number.isNaN(size)) throw new Error('a chunk without a size')
    if (size === 0) return Buffer.concat(parts)
    if (rest.length < lineEnd + 2 + size) return undefined
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}
