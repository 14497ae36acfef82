/** Names of data sources of Go: `user:password@tcp(host:3306)/name`, `user:password@/name`. */

import { isNumberInUse, noChosenReason } from "../judgement/value-refusals.ts";
import { explainedScore } from "../scoring/score.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { type Hit, latinText, noProposal, type Proposal, type View } from "../text/view.ts";

/** Before `@tcp(`. */
const ends = /(?:^|["'`\s=])([\w.-]{1,40}):([^"'`\s]{3,80})$/;
/** Behind what such a name is handed to; `@tcp(` is an anchor of its own. */
const begins = /^([\w.-]{1,40}):([^"'`\s]{3,80}?)@(?:\/|\()/;

/** What the place adds to the odds: what stands between a user and a host is its password. */
const placeOdds = 2;

/** The hit is `@tcp(` or `@unix(`, or what the name stands behind. */
export function readGoDsn(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const isBehind = bytes[hit.start] === 0x40;
  const match = isBehind
    ? ends.exec(latinText(bytes, Math.max(0, hit.start - 120), hit.start))
    : begins.exec(latinText(bytes, hit.end, hit.end + 124));
  if (match === null) return noProposal;
  const [, user = "", password = ""] = match;
  const start = isBehind ? hit.start - password.length : hit.end + user.length + 1;
  const end = start + password.length;
  const value = bytes.toString("utf8", start, end);
  const isNumber = isNumberInUse(value, view.facts);
  if ((!isNumber && noChosenReason(value) !== undefined) || value === user) return noProposal;
  const score = isNumber ? explainedScore : scoreValue(value, "password", { odds: placeOdds });
  return { candidates: [{ start, end, score, signals: ["password inside a data source name"] }] };
}
