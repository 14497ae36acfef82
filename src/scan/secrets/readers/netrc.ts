/** The password of a machine in .netrc, wherever such an entry is written down. */

import { isStockPassword } from "../judgement/stock-passwords.ts";
import { noBareSecretReason } from "../judgement/value-refusals.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { type Hit, latinText, noProposal, type Proposal, type View } from "../text/view.ts";
import { sampleHost } from "./url.ts";

const longest = 400;

/** What the place adds to the odds where entries are shown: it holds a password, if maybe a made-up one. */
const sampleOdds = 2;

/** `machine h login u password p` in one line or in several; the hit is `machine `. */
export function readNetrc(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const text = latinText(bytes, hit.end, Math.min(bytes.length, hit.end + longest));
  const match =
    /^([\w.:*/-]{1,100})\s{1,20}(?:login|user)\s{1,8}(\S{1,80})\s{1,20}(?:account\s{1,8}\S{1,80}\s{1,20})?password\s{1,8}("?)([^\s"'\\]{4,200})\3/.exec(
      text,
    );
  const [, machine = "", user, quote = "", value = ""] = match ?? [];
  if (match === null || noBareSecretReason(value) !== undefined || value === user) return noProposal;
  if (isStockPassword(value) || sampleHost.test(machine)) return noProposal;
  // Tests and documents show what such an entry looks like: there it must look like a password, too.
  const score = view.facts.sample ? { score: scoreValue(value, "password", { odds: sampleOdds }) } : {};
  const start = hit.end + match[0].length - value.length - quote.length;
  const end = start + value.length;
  return { candidates: [{ start, end, proven: true, ...score, signals: ["password of a machine"] }], skipTo: end };
}
