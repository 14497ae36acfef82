/** Names that say password, secret, token or key, and the literal that stands beside them. */

import { surely } from "../path-facts.ts";
import { type NamedLiteral, readNamedLiteral } from "../read-named-literal.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View, windowText } from "../view.ts";
import { noSecretReason, passwordScore, tokenScore } from "./literal-judgement.ts";

export function readPassword(view: View, hit: Hit): Proposal {
  return generic(view, hit, ({ kind, assignment, value }) =>
    kind === "password" ? passwordScore(value, assignment.quoted) : 0,
  );
}

export function readSecret(view: View, hit: Hit): Proposal {
  return generic(view, hit, ({ kind, value }) => {
    // JSON Web Tokens have a rule of their own, which knows the published samples.
    if (kind === "password" || /^eyJ[\w-]+\.eyJ/.test(value)) return 0;
    if (kind !== "bare-key") return tokenScore(value);
    return bareKeyScore(view, hit, value);
  });
}

/** A name that only says "key" is nearly always something else; what decides is the section it stands in. */
function bareKeyScore(view: View, hit: Hit, value: string): number {
  if (/^[A-Za-z0-9+/]{86}==$/.test(value)) return tokenScore(value);
  const before = windowText(view, hit.start - 80, hit.start);
  return value.length >= 32 && /(jwt|auth|signing|encryption)\w*["']?\s*[:=]?\s*\{[^{}]*$/.test(before)
    ? tokenScore(value)
    : 0;
}

function generic(view: View, hit: Hit, judge: (literal: NamedLiteral) => number): Proposal {
  const literal = readNamedLiteral(view, hit);
  if (literal === undefined) return noProposal;
  const { assignment, value } = literal;
  const echoes = value.toLowerCase().startsWith(assignment.name.toLowerCase());
  const score = !echoes && noSecretReason(value, assignment.quoted) === undefined ? judge(literal) : 0;
  if (score === 0) return noProposal;
  const candidate: Candidate = {
    start: assignment.start,
    end: assignment.end,
    score: score - (surely(view.facts, "text") ? 10 : 0),
    signals: [`the name is "${assignment.name.slice(0, 40)}"`],
  };
  return { candidates: [candidate], skipTo: assignment.end };
}
