import { expect, test } from 'vitest'
import { type Checkout, checkDocs } from './check-docs.ts'

const PATHS = [
  'README.md',
  'docs',
  'docs/guide.md',
  'docs/decisions/0001-node.md',
  'packages',
  'packages/odoo',
  'LICENSE',
]

const CHECKOUT: Checkout = {
  exists: (path) => PATHS.includes(path.replace(/\/$/, '')),
  rootEntries: ['README.md', 'docs', 'packages', 'LICENSE'],
  sources: ['packages/odoo/src/domain/parse.ts'],
  scripts: ['check', 'test:odoo'],
}

const GUIDE = { path: 'docs/guide.md', text: '# Guide\n\n## Two words, `code`\n\n## Two words, `code`\n' }

function messages(text: string, path = 'README.md') {
  return checkDocs([{ path, text }, GUIDE], CHECKOUT).map(({ line, message }) => `${line}: ${message}`)
}

test.each([
  { text: 'See\n[that](docs/gone.md).', says: '2: docs/gone.md leads nowhere' },
  { text: '![picture](docs/gone.png "title")', says: '1: docs/gone.png leads nowhere' },
  { text: '[that]\n\n[that]: docs/gone.md', says: '3: docs/gone.md leads nowhere' },
  { text: '[that](docs/guide.md#three)', says: '1: docs/guide.md#three leads nowhere' },
  { text: '[that](#nothing)', says: '1: #nothing leads nowhere' },
  { text: 'Look into `packages/gone/src`.', says: '1: packages/gone/src does not exist' },
  { text: 'Look into `domain/gone.ts`.', says: '1: domain/gone.ts does not exist' },
  { text: 'Then `npm run gone`.', says: '1: gone is no script of package.json' },
  { text: '```sh\nnpm run gone\n```', says: '2: gone is no script of package.json' },
])('$text: $says', ({ text, says }) => {
  expect(messages(text)).toEqual([says])
})

test.each([
  '[that](docs/guide.md)',
  '[that](docs/guide.md#two-words-code)',
  '[that](docs/guide.md#two-words-code-1)',
  '# Here\n\n[there](#here)',
  '[that](https://example.com/docs/gone.md)',
  '[mail](mailto:someone@example.com)',
  'In code, `[that](docs/gone.md)` is no link.',
  '```md\n[that](docs/gone.md)\n```',
  'Look into `packages/odoo/`.',
  'Look into `domain/parse.ts`.',
  'A path of something else: `res/partner`, `POST /api/login`, `packages/<name>/src`.',
  '`npm run check`, `npm run test:odoo`',
])('%s is fine', (text) => {
  expect(messages(text)).toEqual([])
})

test('a link is followed from the folder of its document', () => {
  expect(messages('[up](../LICENSE) [here](guide.md) [wrong](docs/guide.md)', 'docs/more.md')).toEqual([
    '1: docs/guide.md leads nowhere',
  ])
})

test('a decision may name what is gone, but its links have to hold', () => {
  expect(messages('`packages/gone` [that](gone.md) `npm run gone`', 'docs/decisions/0001-node.md')).toEqual([
    '1: gone.md leads nowhere',
  ])
})
