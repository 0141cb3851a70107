/** JSON as Python's `json.dumps` writes it: a space after commas and colons, and ASCII only. */
export function pythonJsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJsonText).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return `{${members.map(([name, member]) => `${pythonJsonText(name)}: ${pythonJsonText(member)}`).join(', ')}}`
  }
  const text = JSON.stringify(value ?? null)
  return text.replaceAll(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
