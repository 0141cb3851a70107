import { describe, expect, test } from 'vitest'
import { jsonComplaint } from './json-complaint.ts'

/** What Python 3.12 said of these texts. */
const COMPLAINTS: readonly (readonly [text: string, complaint: string])[] = [
  ['', 'Expecting value: line 1 column 1 (char 0)'],
  ['  ', 'Expecting value: line 1 column 3 (char 2)'],
  ['nul', 'Expecting value: line 1 column 1 (char 0)'],
  ['-', 'Expecting value: line 1 column 1 (char 0)'],
  ['01', 'Extra data: line 1 column 2 (char 1)'],
  ['{"domain":', 'Expecting value: line 1 column 11 (char 10)'],
  ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ["{'a':1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{"a":1,}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a":1 "b":2}', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
  ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
  ['[1', "Expecting ',' delimiter: line 1 column 3 (char 2)"],
  ['{"a":[]} x', 'Extra data: line 1 column 10 (char 9)'],
  ['{"a":"x', 'Unterminated string starting at: line 1 column 6 (char 5)'],
  ['{"a":"\u0001"}', 'Invalid control character at: line 1 column 7 (char 6)'],
  ['{"a":"\\x"}', 'Invalid \\escape: line 1 column 7 (char 6)'],
  ['"\\u12g4"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['\n\n{"a":\n  x}', 'Expecting value: line 4 column 3 (char 10)'],
  ['{"😀":x}', 'Expecting value: line 1 column 6 (char 5)'],
  ['\uFEFF{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
]

describe('a text that is no JSON is told as Python tells it', () => {
  test.each(COMPLAINTS)('%j', (text, complaint) => expect(jsonComplaint(text)).toBe(complaint))
})
