/** Names that say password, secret, token or key, and the literal that stands beside them. */

import { alphabetTable } from "../alphabets.ts";
import { type NamedLiteral, readNamedLiteral } from "../read-named-literal.ts";
import { remembered } from "../remembered.ts";
import { reportedScore } from "../score.ts";
import { companyOf } from "../scoring/company.ts";
import { type LiteralScore, scoreLiteral } from "../scoring/score-literal.ts";
import { type Hit, isIn, noProposal, type Proposal, type View, windowText } from "../view.ts";
import { placedScore, refusal, withoutGroups } from "./literal-judgement.ts";

export function readPassword(view: View, hit: Hit): Proposal {
  return generic(view, hit, true);
}

export function readSecret(view: View, hit: Hit): Proposal {
  return generic(view, hit, false);
}

function generic(view: View, hit: Hit, passwords: boolean): Proposal {
  const literal = readNamedLiteral(view, withoutSeparator(view, hit));
  if (literal === undefined || (literal.kind === "password" && literal.paired !== true) !== passwords)
    return noProposal;
  const { start, end } = literal.assignment;
  const { score, signals } = judged(literal, view);
  if (score === 0) return noProposal;
  return { candidates: [{ start, end, score, signals }], skipTo: end };
}

const scores = remembered<LiteralScore>();
const scoresInCompany = remembered<LiteralScore>();
const refused: LiteralScore = { score: 0, signals: [] };

function judged(literal: NamedLiteral, view: View): LiteralScore {
  const { name, syntax, place, quoted, start, end } = literal.assignment;
  const { facts } = view;
  const asked = `${literal.kind} ${name} ${syntax} ${place} ${quoted} ${facts.kind} ${literal.value}`;
  const alone = scores(asked, () => (refusal(literal) === undefined ? scoreWith(literal, view, 0) : refused));
  if (alone === refused || literal.kind !== "password") return alone;
  const evidence = companyOf(view, start, end);
  const scored =
    evidence === 0 ? alone : scoresInCompany(`${evidence} ${asked}`, () => scoreWith(literal, view, evidence));
  if (scored.score >= reportedScore || syntax !== "separated" || !isSqlPassword(view, literal)) return scored;
  const score = placedScore(literal.value, sqlEvidence);
  return score < scored.score ? scored : { score, signals: ["password of a statement that makes a user"] };
}

function scoreWith(literal: NamedLiteral, { facts }: View, evidence: number): LiteralScore {
  return scoreLiteral({ ...literal, value: withoutGroups(literal.value) }, facts, evidence);
}

const sqlEvidence = 2;

/** `CREATE USER shop IDENTIFIED BY 'v'`, `ALTER ROLE shop WITH PASSWORD 'v'`; a user's own name is a default. */
function isSqlPassword(view: View, { kind, value, assignment }: NamedLiteral): boolean {
  if (kind !== "password") return false;
  const before = windowText(view, assignment.start - 160, assignment.start);
  const statement = /\b(?:create|alter)\s+(?:user|role|login)\b[^;]*$/.exec(before)?.[0];
  return statement !== undefined && !statement.includes(value.toLowerCase());
}

/** Anchors of few letters stand with what ends the name: `pw=`. */
function withoutSeparator({ bytes }: View, { start, end }: Hit): Hit {
  return isIn(alphabetTable("word"), bytes[end - 1]) ? { start, end } : { start, end: end - 1 };
}
