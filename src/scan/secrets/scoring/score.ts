/** From this score on a candidate is reported; below, it is shown on request. */
export const reportedScore = 60;

/**
 * A checksum that fits proves the kind. One that does not fit where every real token has one says "right format only":
 * reported, mildly, because the fact may be wrong and a lost key costs more than a look; in samples it is what it seems.
 */
const provenScore = 95;
const formatOnlyScore = reportedScore;
const formatOnlySampleScore = 35;
const overInSampleScore = 35;
const malformedScore = 30;
const placeholderScore = 20;

export interface Evidence {
  readonly base: number;
  /** A reader vouches for the value, and says itself how much. */
  readonly proven: boolean;
  readonly checkPassed: boolean;
  /** A checksum is wrong. */
  readonly checkFailed: boolean;
  /** Its structure shows that it is no token of this kind. */
  readonly malformed: boolean;
  readonly placeholder: string | undefined;
  readonly context: boolean;
  readonly tooRegular: boolean;
  /** Tests, examples, documentation. */
  readonly sample: boolean;
  /** Lock files, minified code, source maps: random text is at home there. */
  readonly machineWritten: boolean;
  /** It says itself that it ended years ago. */
  readonly over: boolean;
}

/** Results are kept by what a file holds, so nobody here may ask the clock: what ended before this day is long over. */
const longAgo = "2021-01-01";

export function isOver(expires: string | undefined): boolean {
  return expires !== undefined && expires < longAgo;
}

/** 0 to 100. A proven value is not asked for randomness: checks win over statistics. */
export function scoreOf(evidence: Evidence): number {
  const score = scoreWhileValid(evidence);
  // A test holds a token that ended long ago: nobody has to do anything.
  return evidence.over && evidence.sample ? Math.min(score, overInSampleScore) : score;
}

function scoreWhileValid(evidence: Evidence): number {
  if (evidence.checkPassed) return Math.max(evidence.base, provenScore);
  if (evidence.proven) return evidence.base;
  let score = evidence.base + (evidence.context ? 10 : 0);
  if (evidence.tooRegular) score -= 40;
  if (evidence.machineWritten && evidence.base < 80) score -= 40;
  if (evidence.checkFailed) score = Math.min(score, evidence.sample ? formatOnlySampleScore : formatOnlyScore);
  if (evidence.malformed) score = Math.min(score, malformedScore);
  if (evidence.placeholder !== undefined) score = Math.min(score, placeholderScore);
  return Math.max(0, Math.min(100, score));
}
