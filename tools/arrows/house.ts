/** What a folder may import. A test beside the code may import more. */
export type Room = {
  /** Folders and workspaces that it may import. */
  readonly imports: readonly string[]
  /** Folders of which it may take types only (`import type`). */
  readonly types?: readonly string[]
}

const ODOO = '@odoo-gatehouse/odoo'
const SANDBOX = '@odoo-gatehouse/sandbox'

/**
 * The rooms of the gateway (`packages/gateway/src`), from the ground up. A row may name only rows above it, which is
 * why there can be no cycle between rooms; types may be taken from any row that is named.
 */
export const ROOMS = {
  kernel: { imports: [] },
  store: { imports: ['kernel'] },
  policy: { imports: ['kernel', ODOO] },
  tokens: { imports: ['kernel', 'store'] },
  upstream: { imports: ['kernel', 'store', ODOO], types: ['tokens'] },
  config: { imports: ['kernel', 'policy'] },
  identity: { imports: ['kernel', 'store', 'policy', 'tokens', 'upstream'], types: ['config'] },
  administration: {
    imports: ['kernel', 'store', 'policy', 'tokens', 'upstream', 'identity'],
    types: ['config'],
  },
  records: { imports: ['kernel', 'policy', 'upstream', ODOO], types: ['config'] },
  http: { imports: ['kernel'], types: ['policy', 'config', 'identity'] },
  metrics: { imports: ['kernel'], types: ['http', 'upstream'] },
  surfaces: {
    imports: ['kernel', 'policy', 'identity', 'administration', 'records', 'http'],
    types: ['tokens', 'config'],
  },
  cli: {
    imports: [
      ...['kernel', 'store', 'policy', 'tokens', 'upstream', 'config', 'identity', 'administration'],
      ...['records', 'http', 'metrics', 'surfaces'],
      ...[ODOO, SANDBOX],
    ],
  },
} as const satisfies Record<string, Room>

/** Folders of `surfaces/` that other surfaces may import. The rest stand alone: delete one and nothing else changes. */
export const SHARED_SURFACES: readonly string[] = ['jwt-tokens']

/** The workspaces, by folder: the name to import them by, and the workspaces that they may import themselves. */
export const WORKSPACES = {
  'packages/odoo': { name: ODOO, imports: [] },
  'packages/sandbox': { name: SANDBOX, imports: [ODOO] },
  'packages/gateway': { name: 'odoo-gatehouse', imports: [ODOO, SANDBOX] },
  conformance: { name: '@odoo-gatehouse/conformance', imports: [] },
  bench: { name: '@odoo-gatehouse/bench', imports: [ODOO, SANDBOX, 'odoo-gatehouse'] },
} as const satisfies Record<string, { readonly name: string; readonly imports: readonly string[] }>

/** A global that packages are handed instead of reaching for it. */
export type Ambient = {
  readonly name: string
  /** Matches in code without comments and literals. */
  readonly pattern: RegExp
  readonly instead: string
}

/** Taken from `node:crypto` or the global `crypto`; something passed in may well be called `randomBytes`. */
const RANDOM_OF_NODE =
  /(?<=\bimport\s*\{[^}]*)\b(?:randomBytes|randomUUID|randomInt|webcrypto)\b(?=[^}]*\}\s*from)|(?<![\w$.])crypto\.(?:random\w+|getRandomValues)\b/g

/** What only `cli` (and tests) may touch, since everything else is passed in. */
export const AMBIENT: readonly Ambient[] = [
  { name: 'process.env', pattern: /\bprocess\.env\b/g, instead: 'settings are read by cli and passed in' },
  { name: 'Date.now', pattern: /\bDate\.now\b/g, instead: 'take a Clock' },
  { name: 'new Date()', pattern: /\bnew Date\(\s*\)/g, instead: 'take a Clock' },
  { name: 'performance.now', pattern: /\bperformance\.now\b/g, instead: 'take a Clock' },
  { name: 'Math.random', pattern: /\bMath\.random\b/g, instead: 'take a Random' },
  { name: 'randomBytes', pattern: RANDOM_OF_NODE, instead: 'take a Random' },
  { name: 'fetch', pattern: /(?<![\w$.])(?:globalThis\.)?fetch\(/g, instead: 'take a client that is passed in' },
  { name: 'console', pattern: /(?<![\w$.])console\./g, instead: 'emit an Observation' },
]

/**
 * The files that make the real clock and the real randomness: two that cli hands out, and the sandbox's own, which also
 * runs without a gateway.
 */
export const AMBIENT_SOURCES: Readonly<Record<string, readonly string[]>> = {
  'packages/gateway/src/kernel/clock.ts': ['Date.now'],
  'packages/gateway/src/kernel/random.ts': ['randomBytes'],
  'packages/sandbox/src/index.ts': ['Date.now', 'randomBytes'],
}

/** Libraries that only these rooms and cli import, so that leaving one means changing one place. */
export const LIBRARY_ROOMS: Readonly<Record<string, readonly string[]>> = {
  commander: [],
  cookie: ['http'],
  fastify: ['http'],
  jose: ['tokens'],
  kysely: ['store'],
  'prom-client': ['metrics'],
  'rate-limiter-flexible': ['store'],
  yaml: ['config'],
}
