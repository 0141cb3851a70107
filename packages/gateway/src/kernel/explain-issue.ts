import type { z } from 'zod'

/** What is wrong, in words for people: zod's own words for a wrong type are for programmers. */
export function explainIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`}`
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ')
    return `has ${issue.keys.length === 1 ? 'a setting that is' : 'settings that are'} not known: ${names}`
  }
  if (issue.code === 'invalid_value' && issue.values.length > 1) return `must be one of ${issue.values.join(', ')}`
  return issue.message
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'settings by name',
  string: 'a text',
}
