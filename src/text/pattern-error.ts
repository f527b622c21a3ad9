/** Why a Python pattern cannot be used: bad syntax, syntax outside the supported subset, or too much work. */
export class PatternError extends Error {}
