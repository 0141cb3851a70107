/** What a User-Agent is called by; the first that fits. Chrome names Safari, and Edge names both. */
const BROWSERS = [
  ['edg', 'Edge'],
  ['opr', 'Opera'],
  ['firefox', 'Firefox'],
  ['chrome', 'Chrome'],
  ['safari', 'Safari'],
] as const

const PLATFORMS = [
  ['iphone', 'Iphone'],
  ['ipad', 'Ipad'],
  ['android', 'Android'],
  ['windows', 'Windows'],
  ['mac', 'Macos'],
  ['linux', 'Linux'],
] as const

/** The name of a browser in the list of those that are trusted: `Firefox on Linux`. */
export function browserName(userAgent = ''): string {
  const text = userAgent.toLowerCase()
  const named = (names: readonly (readonly [string, string])[]) =>
    names.find(([mark]) => text.includes(mark))?.[1] ?? 'Unknown'
  return `${named(BROWSERS)} on ${named(PLATFORMS)}`
}
