/** An import, a re-export or a call of `import()`. */
export type Import = {
  /** What stands between the quotes. */
  readonly specifier: string
  /** From 1. */
  readonly line: number
  /** Whether only types are taken, so that nothing of it is left at run time. */
  readonly typeOnly: boolean
}

const FROM = /(?<![\w$.])(import|export)(\s+type\b(?!\s*(?:,|from\s*['"])))?([\w$*\s{},]*?)\bfrom\s*(['"])/g
const SIDE_EFFECT = /(?<![\w$.])import\s*(['"])/g
const CALL = /(?<![\w$.])(?:import|require)\s*\(\s*(['"])/g

/** Words after which a slash begins a regular expression. */
const BEFORE_REGEX = /(?:^|[^\w$.])(?:await|case|delete|do|else|in|instanceof|of|return|throw|typeof|void|yield)$/

/** The imports of a TypeScript or JavaScript file, in the order of their lines. */
export function importsOf(text: string): readonly Import[] {
  const code = codeOf(text)
  const found: Import[] = []
  const add = (match: RegExpExecArray, typeOnly: boolean): void => {
    const start = match.index + match[0].length
    const end = code.indexOf(code.charAt(start - 1), start)
    found.push({ specifier: text.slice(start, end), line: lineAt(text, match.index), typeOnly })
  }
  for (const match of code.matchAll(FROM)) add(match, match[2] !== undefined || takesOnlyTypes(match[3] ?? ''))
  for (const match of code.matchAll(SIDE_EFFECT)) add(match, false)
  for (const match of code.matchAll(CALL)) add(match, false)
  return found.sort((left, right) => left.line - right.line)
}

/** The line of a position, from 1. */
export function lineAt(text: string, position: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/**
 * The code alone, every character at its place: comments become blanks, and so does what stands inside strings,
 * templates (`${…}` apart) and regular expressions. It reads tokens only, so it needs no parser and no dependency;
 * JSX is beyond it.
 */
export function codeOf(text: string): string {
  let code = ''
  /** The depth of braces inside each open `${`; the last is the innermost. */
  const templates: number[] = []
  while (code.length < text.length) {
    const at = code.length
    const character = text.charAt(at)
    const pair = text.slice(at, at + 2)
    const depth = templates.at(-1)
    if (pair === '//') code += blank(text.slice(at, endOf(text, '\n', at)))
    else if (pair === '/*') code += blank(text.slice(at, endOf(text, '*/', at + 2) + 2))
    else if (character === "'" || character === '"') code += literal(text, at, closingQuote(text, at, character))
    else if (character === '/' && mayBeginRegex(code)) code += literal(text, at, closingSlash(text, at))
    else if (character === '`') code += openTemplate(text, at, templates)
    else if (character === '}' && depth === 0) {
      templates.pop()
      code += openTemplate(text, at, templates)
    } else {
      if (depth !== undefined && character === '{') templates[templates.length - 1] = depth + 1
      if (depth !== undefined && character === '}') templates[templates.length - 1] = depth - 1
      code += character
    }
  }
  return code
}

/** `{ type A, type B }`: with `verbatimModuleSyntax` the import stays, but it takes nothing. */
function takesOnlyTypes(clause: string): boolean {
  const names = /^\s*\{([^}]*)\}\s*$/
    .exec(clause)?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '')
  return names !== undefined && names.length > 0 && names.every((name) => /^\s*type\s/.test(name))
}

/** The part of a template from its backquote or a closing `}` to the next `${` or the end. */
function openTemplate(text: string, start: number, templates: number[]): string {
  let at = start + 1
  while (at < text.length && text.charAt(at) !== '`') {
    if (text.startsWith('${', at)) {
      templates.push(0)
      return `${text.charAt(start)}${blank(text.slice(start + 1, at))}\${`
    }
    at += text.charAt(at) === '\\' ? 2 : 1
  }
  return literal(text, start, at)
}

function closingQuote(text: string, start: number, quote: string): number {
  let at = start + 1
  while (at < text.length && text.charAt(at) !== quote && text.charAt(at) !== '\n') {
    at += text.charAt(at) === '\\' ? 2 : 1
  }
  return at
}

function closingSlash(text: string, start: number): number {
  let inClass = false
  let at = start + 1
  while (at < text.length && text.charAt(at) !== '\n' && (inClass || text.charAt(at) !== '/')) {
    if (text.charAt(at) === '[') inClass = true
    if (text.charAt(at) === ']') inClass = false
    at += text.charAt(at) === '\\' ? 2 : 1
  }
  return at
}

function mayBeginRegex(before: string): boolean {
  const code = before.trimEnd()
  return code === '' || /[(,=:[!&|?{};+\-*%<>~^]$/.test(code) || BEFORE_REGEX.test(code.slice(-12))
}

/** A literal with its delimiters kept and its content blanked. */
function literal(text: string, start: number, end: number): string {
  return `${text.charAt(start)}${blank(text.slice(start + 1, end))}${text.charAt(end)}`
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at
}
