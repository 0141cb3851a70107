/** A value of the text of a rule, once the names in it are known. */
export type RuleValue = (named: (name: string) => unknown) => unknown

/**
 * Reads the domain of a record rule: the part of Python that Odoo's own rules are written in, which are lists, tuples,
 * text, numbers, constants, dotted names and `+` between lists. Nothing else is read, nothing is called. Throws a
 * SyntaxError for anything else.
 *
 * @example readRuleText("[('user_id', '=', user.id)]")((name) => 6) // [['user_id', '=', 6]]
 */
export function readRuleText(text: string): RuleValue {
  const tokens = tokenize(text)
  let at = 0

  function sum(): RuleValue {
    let value = single()
    while (tokens[at] === '+') {
      at += 1
      value = joined(value, single())
    }
    return value
  }

  function single(): RuleValue {
    const token = tokens[at] ?? ''
    at += 1
    if (token === '[' || token === '(') return list(token === '[' ? ']' : ')')
    if (/^['"]/.test(token)) return constant(token.slice(1, -1))
    if (/^-?\d/.test(token)) return constant(Number(token))
    if (/^[A-Za-z_]/.test(token)) return CONSTANTS.has(token) ? constant(CONSTANTS.get(token)) : (named) => named(token)
    throw new SyntaxError(`A record rule cannot be read at ${token || 'its end'}`)
  }

  function list(end: string): RuleValue {
    const items: RuleValue[] = []
    let isTuple = end === ']'
    while (tokens[at] !== end) {
      items.push(sum())
      if (tokens[at] !== ',') break
      at += 1
      isTuple = true
    }
    if (tokens[at] !== end) throw new SyntaxError('A list of a record rule does not end')
    at += 1
    const [only] = items
    // Brackets around one value without a comma are no tuple.
    return !isTuple && only !== undefined ? only : (named) => items.map((item) => item(named))
  }

  const value = sum()
  if (at < tokens.length) throw new SyntaxError(`A record rule goes on with ${tokens[at]}`)
  return value
}

const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
])

const TOKEN = /#[^\n]*|'[^'\\]*'|"[^"\\]*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|[[\](),+]/y

function tokenize(text: string): string[] {
  const tokens: string[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    TOKEN.lastIndex = at
    const [token] = TOKEN.exec(text) ?? []
    if (token === undefined) throw new SyntaxError(`A record rule cannot be read at ${text.slice(at, at + 20)}`)
    if (!token.startsWith('#')) tokens.push(token)
    at += token.length
  }
  return tokens
}

function constant(value: unknown): RuleValue {
  return () => value
}

function joined(left: RuleValue, right: RuleValue): RuleValue {
  return (named) => [...listed(left(named)), ...listed(right(named))]
}

function listed(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new SyntaxError('A record rule adds what is no list')
}
