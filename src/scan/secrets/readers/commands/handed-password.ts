/** What a program is handed where it takes a password. */

import { isStockPassword } from "../../judgement/stock-passwords.ts";
import { noPasswordReason } from "../../judgement/value-refusals.ts";
import { placedScore, tokenScore } from "../../judgement/value-scores.ts";
import { surely } from "../../paths/path-facts.ts";
import { explainedScore, reportedScore } from "../../scoring/score.ts";
import type { Candidate, View } from "../../text/view.ts";

/** What the place adds to the odds: nothing but a password stands there. */
const placeOdds = 2;

/** Documents show short ones in place of somebody's. */
export function isTooShort({ facts }: View, text: string): boolean {
  return text.length < (surely(facts, "text") ? 5 : 4);
}

export function candidatesOf(text: string, start: number, signal: string): readonly Candidate[] {
  // `mysql -p4711`
  const isNumber = /^\d{4,5}$/.test(text);
  if (!isNumber && noPasswordReason(text) !== undefined) return [];
  if (isStockPassword(text) || /^[$%@({<`]|[`\s]|^!\w+!$/.test(text)) return [];
  const score = Math.max(tokenScore(text), placedScore(text, placeOdds));
  if (score < reportedScore) return [];
  return [{ start, end: start + text.length, score: Math.max(score, explainedScore), signals: [signal] }];
}
