/** Names that say password, secret, token or key, and the literal that stands beside them. */

import { alphabetTable } from "../alphabets.ts";
import type { PathFacts } from "../path-facts.ts";
import { type NamedLiteral, readNamedLiteral } from "../read-named-literal.ts";
import { remembered } from "../remembered.ts";
import { type LiteralScore, scoreLiteral } from "../scoring/score-literal.ts";
import { type Hit, isIn, noProposal, type Proposal, type View } from "../view.ts";
import { refusal } from "./literal-judgement.ts";

export function readPassword(view: View, hit: Hit): Proposal {
  return generic(view, hit, true);
}

export function readSecret(view: View, hit: Hit): Proposal {
  return generic(view, hit, false);
}

function generic(view: View, hit: Hit, passwords: boolean): Proposal {
  const literal = readNamedLiteral(view, withoutSeparator(view, hit));
  if (literal === undefined || (literal.kind === "password") !== passwords) return noProposal;
  const { score, signals } = judged(literal, view.facts);
  if (score === 0) return noProposal;
  const { start, end } = literal.assignment;
  return { candidates: [{ start, end, score, signals }], skipTo: end };
}

const scores = remembered<LiteralScore>();
const refused: LiteralScore = { score: 0, signals: [] };

function judged(literal: NamedLiteral, facts: PathFacts): LiteralScore {
  const { name, syntax, place, quoted } = literal.assignment;
  return scores(`${literal.kind} ${name} ${syntax} ${place} ${quoted} ${facts.kind} ${literal.value}`, () =>
    refusal(literal) === undefined ? scoreLiteral(literal, facts) : refused,
  );
}

/** Anchors of two letters stand with what ends the name: `pw=`. */
function withoutSeparator({ bytes }: View, { start, end }: Hit): Hit {
  return end - start === 3 && !isIn(alphabetTable("word"), bytes[end - 1]) ? { start, end: end - 1 } : { start, end };
}
