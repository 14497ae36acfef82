/** From this score on a candidate is reported; below, it is shown on request. */
export const reportedScore = 60;

/** Of what its place explains and its characters do not refuse: somewhat more than is needed, however short the value. */
export const explainedScore = 65;

/** A checksum that fits proves the kind. */
const provenScore = 95;
/**
 * One that does not fit where every real token has one says "right format only": reported, mildly, because the fact may be wrong
 * and a lost key costs more than a look.
 */
const formatOnlyScore = reportedScore;
/** In samples such a value is what it seems: made up. */
const formatOnlySampleScore = 35;
/** A test holds a token that ended long ago: nobody has to do anything. */
const overInSampleScore = 35;
/** Its structure says that it is another thing; whoever asks for nearly everything sees it. */
const malformedScore = 30;
/** It says that it stands in for a secret, which those who wrote it may not have seen. */
const placeholderScore = 20;

/** A word nearby names the provider. */
const contextGain = 10;
/** Words, or the same characters again: the best of shapes needs a word nearby to make up for it. */
const regularLoss = 40;
/** In lock files and minified code anything random is more probably something else. */
const machineWrittenLoss = 40;
/** From this base on a shape is so much its provider's that such files do not make it doubtful. */
const unmistakableBase = 80;

export interface CandidateFacts {
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
export function scoreOf(facts: CandidateFacts): number {
  const score = scoreWhileValid(facts);
  return facts.over && facts.sample ? Math.min(score, overInSampleScore) : score;
}

function scoreWhileValid(facts: CandidateFacts): number {
  if (facts.checkPassed) return Math.max(facts.base, provenScore);
  if (facts.proven) return facts.base;
  let score = facts.base + (facts.context ? contextGain : 0);
  if (facts.tooRegular) score -= regularLoss;
  if (facts.machineWritten && facts.base < unmistakableBase) score -= machineWrittenLoss;
  if (facts.checkFailed) score = Math.min(score, facts.sample ? formatOnlySampleScore : formatOnlyScore);
  if (facts.malformed) score = Math.min(score, malformedScore);
  if (facts.placeholder !== undefined) score = Math.min(score, placeholderScore);
  return Math.max(0, Math.min(100, score));
}
