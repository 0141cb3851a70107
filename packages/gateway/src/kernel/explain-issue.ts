import type { z } from 'zod'

/** What is wrong, in words for people: zod's own words for a wrong type are for programmers. */
export function explainIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`}`
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ')
    return `has ${issue.keys.length === 1 ? 'a setting that is' : 'settings that are'} not known: ${names}`
  }
  if (issue.code === 'invalid_value' && issue.values.length > 1) return `must be one of ${issue.values.join(', ')}`
  // Unless the declaration has a sentence of its own.
  if (issue.code === 'too_big' && issue.message.startsWith('Too big'))
    return boundWords(issue.origin, 'most', issue.maximum)
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) {
    return boundWords(issue.origin, 'least', issue.minimum)
  }
  return issue.message
}

/** `must be at most 500`, `must have at least 1 item`. */
function boundWords(origin: string, which: 'least' | 'most', bound: number | bigint): string {
  const noun = COUNTED[origin]
  if (noun === undefined) return `must be at ${which} ${bound}`
  return `must have at ${which} ${bound} ${noun}${Number(bound) === 1 ? '' : 's'}`
}

/** What a text or a list is counted in; a number is the count itself. */
const COUNTED: Readonly<Record<string, string>> = { array: 'item', string: 'character' }

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'settings by name',
  string: 'a text',
}
