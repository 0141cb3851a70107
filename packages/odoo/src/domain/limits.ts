/** Bounds on a domain that comes from outside. Each is inclusive; what a caller leaves out has its default. */
export type DomainLimits = {
  /** Characters of the text, and of any one text value. Default 16,384. */
  readonly lengthMax?: number
  /** Levels of nesting: each `and`, `or`, `not` and `any` is one, and a path counts its steps. Default 32, at most 200. */
  readonly depthMax?: number
  /** Comparisons and negations in all. Default 200, at most 10,000. */
  readonly termsMax?: number
  /** Items of all value lists together. Default 10,000. */
  readonly valuesMax?: number
}

/** The bounds where nothing else is said. */
export const DOMAIN_LIMITS = {
  lengthMax: 16_384,
  depthMax: 32,
  termsMax: 200,
  valuesMax: 10_000,
} as const satisfies Required<DomainLimits>

/** The parser and the printer call themselves, so no setting may take them deeper than this. */
const DEPTH_BOUND = 200

/** Joining terms copies them, so no setting may take them further than this. */
const TERMS_BOUND = 10_000

/** The given bounds, with the defaults for the others. */
export function domainLimits(limits: DomainLimits = {}): Required<DomainLimits> {
  const { lengthMax, depthMax, termsMax, valuesMax } = limits
  return {
    lengthMax: lengthMax ?? DOMAIN_LIMITS.lengthMax,
    depthMax: Math.min(depthMax ?? DOMAIN_LIMITS.depthMax, DEPTH_BOUND),
    termsMax: Math.min(termsMax ?? DOMAIN_LIMITS.termsMax, TERMS_BOUND),
    valuesMax: valuesMax ?? DOMAIN_LIMITS.valuesMax,
  }
}
