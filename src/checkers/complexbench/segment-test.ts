import type { RuleCheck } from './rule-kind.ts'

/** What a test of one segment says. */
export interface SegmentFinding {
  readonly pass: boolean
  readonly found: string
}

/** @throws RuleError where the official evaluator raises */
export type SegmentTest = (segment: string) => SegmentFinding

/** A check of the first segment alone. */
export function firstSegment(expected: string, test: SegmentTest): RuleCheck {
  return { expected, run: (segments) => test(segments[0]!) }
}

/** A check of every segment that is not empty; the first one that fails decides. */
export function eachSegment(expected: string, test: SegmentTest): RuleCheck {
  return { expected: `every passage: ${expected}`, run: (segments) => testEach(segments, test) }
}

/** Runs a test over all segments that are not empty. */
export function testEach(
  segments: readonly string[],
  test: (segment: string, index: number) => SegmentFinding,
): SegmentFinding {
  for (const [index, segment] of segments.entries()) {
    if (segment === '') continue
    const finding = test(segment, index)
    if (!finding.pass) return { pass: false, found: `passage ${index + 1}: ${finding.found}` }
  }
  return { pass: true, found: `${segments.length} passages, all of them` }
}
