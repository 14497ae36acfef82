/** Names that say password, secret, token or key, and the literal that stands beside them. */
import { type Assignment, readAssignment } from "../read-assignment.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View, windowText } from "../view.ts";
import { noSecretReason, passwordScore, tokenScore } from "./literal-judgement.ts";
import { isAboutSecret, isPasswordName, isSecretName, nameWords } from "./name-words.ts";

export function readPassword(view: View, hit: Hit): Proposal {
  return generic(view, hit, (assignment, words, value) => {
    if (!isPasswordName(words)) return 0;
    const bonus = isStrictConfiguration(view) ? 5 : 0;
    return passwordScore(value, assignment.quoted) + bonus;
  });
}

export function readSecret(view: View, hit: Hit): Proposal {
  return generic(view, hit, (_, words, value) => {
    // JSON Web Tokens have a rule of their own, which knows the published samples.
    if (isPasswordName(words) || /^eyJ[\w-]+\.eyJ/.test(value)) return 0;
    if (isSecretName(words)) return tokenScore(value);
    return words.length === 1 && words[0] === "key" ? bareKeyScore(view, hit, value) : 0;
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

function isStrictConfiguration(view: View): boolean {
  return /^(env|properties|dockerfile|pipeline)$/.test(view.facts.format);
}

/** `getPassword("main")` asks for a secret by name; `setPassword("v")` and `("password", "v")` hand one over. */
function isLookup({ syntax }: Assignment, words: readonly string[]): boolean {
  if (syntax !== "call") return false;
  return words.length === 1
    ? !/^(password|passwd|pwd|pass|passphrase|secret|token|apikey|credential)$/.test(words[0] ?? "")
    : !/^(set|with|use|add|put|send|type|enter)$/.test(words[0] ?? "");
}

function generic(
  view: View,
  hit: Hit,
  judge: (assignment: Assignment, words: readonly string[], value: string) => number,
): Proposal {
  if (view.facts.kind === "data") return noProposal;
  const assignment = readAssignment(view, hit);
  if (assignment === undefined || assignment.end - assignment.start < 5) return noProposal;
  const words = nameWords(assignment.name);
  if (isAboutSecret(words) || isLookup(assignment, words)) return noProposal;
  const value = view.bytes.toString("utf8", assignment.start, assignment.end);
  const echoes = value.toLowerCase().startsWith(assignment.name.toLowerCase());
  const score = !echoes && noSecretReason(value, assignment.quoted) === undefined ? judge(assignment, words, value) : 0;
  if (score === 0) return noProposal;
  const prose = view.facts.kind === "text" ? 10 : 0;
  const candidate: Candidate = {
    start: assignment.start,
    end: assignment.end,
    score: score - prose,
    signals: [`the name is "${assignment.name.slice(0, 40)}"`],
  };
  return { candidates: [candidate], skipTo: assignment.end };
}
