import { expect, test } from 'vitest'
import { printedCalls } from './printed-calls.ts'

test('finds each call, with the lines that belong to it, and nothing else', () => {
  const output = [
    'Gatehouse is ready at http://127.0.0.1:8080 (use curl to try it)',
    '',
    '  # sign in',
    '  TOKEN=$(curl -s http://127.0.0.1:8080/api/authenticate \\',
    "    -d '{}' | jq -r .token)",
    '',
    '  curl -s http://127.0.0.1:8080/healthz',
    'curling is a sport',
  ].join('\n')
  expect(printedCalls(output)).toEqual([
    "TOKEN=$(curl -s http://127.0.0.1:8080/api/authenticate \\\n-d '{}' | jq -r .token)",
    'curl -s http://127.0.0.1:8080/healthz',
  ])
})

test.each(['', 'no calls here', 'See https://example.com/curl -X'])('finds none in "%s"', (output) => {
  expect(printedCalls(output)).toEqual([])
})
