/** Literals in places of a call that only a password or key can have: `new NetworkCredential("svc", "literal")`. */
import { reportedScore } from "../score.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View } from "../view.ts";
import { isStockPassword, noSecretReason, passwordScore, tokenScore } from "./literal-judgement.ts";

const longest = 600;
/** Calls that take a user and a password: what stands alone there is a user, a title or an address. */
const pairs = /^(?:basic_?auth|login|auth=|\.auth|passwordauthentication|passwordauthenticationtoken)\($/i;

interface Argument {
  readonly value: string;
  readonly start: number;
  /** Of how many arguments. */
  readonly count: number;
}

/** The literal that is the last argument before the call's closing bracket; one step per byte. */
function lastLiteral(view: View, from: number): Argument | undefined {
  const text = view.bytes.toString("latin1", from, Math.min(view.bytes.length, from + longest));
  let last: Argument | undefined;
  let count = 1;
  let named = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === ")") return last;
    if (character === "(" || character === ";") return undefined;
    if (character === ",") count++;
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return undefined;
      // `login(user, password="v")`: the name says what it is, and has rules of its own.
      last = named ? undefined : { value: text.slice(at + 1, end), start: from + at + 1, count };
      at = end + (text.startsWith(".toCharArray()", end + 1) ? ".toCharArray()".length : 0);
    } else if (!/[\s@]/.test(character)) last = undefined;
    if (!/[\s@]/.test(character)) named = character === "=";
  }
  return undefined;
}

/** The hit ends with the bracket that opens the call. */
export function readCredentialArgument(view: View, hit: Hit): Proposal {
  const found = lastLiteral(view, hit.end);
  if (found === undefined || found.value.length < 5 || /[\\\n]/.test(found.value)) return noProposal;
  const { value, start, count } = found;
  if (count < 2 && pairs.test(view.bytes.toString("latin1", hit.start, hit.end))) return noProposal;
  if (noSecretReason(value, true) !== undefined || isStockPassword(value)) return noProposal;
  if (/^[a-z]+:[a-z]+:|:\/\//.test(value)) return noProposal;
  const score = Math.max(passwordScore(value, true), tokenScore(value));
  if (score < reportedScore) return noProposal;
  const candidate: Candidate = {
    start,
    end: start + value.length,
    score: Math.max(score, 65),
    signals: ["argument that takes a password or key"],
  };
  return { candidates: [candidate], skipTo: candidate.end };
}

/** `user:password@tcp(host:3306)/name` of Go's database drivers; the hit is `@tcp(`. */
export function readGoDsn(view: View, hit: Hit): Proposal {
  const from = Math.max(0, hit.start - 120);
  const match = /(?:^|["'`\s=])([\w.-]{1,40}):([^"'`\s]{5,80})$/.exec(view.bytes.toString("latin1", from, hit.start));
  const value = match?.[2];
  if (value === undefined || noSecretReason(value, true) !== undefined || value === match?.[1]) return noProposal;
  const host = view.bytes.toString("latin1", hit.end, hit.end + 20);
  const local = /^(localhost|127\.|0\.0\.0\.0|\[::1)/.test(host);
  const score = local ? 40 : passwordScore(value, true);
  const start = hit.start - value.length;
  return { candidates: [{ start, end: hit.start, score, signals: ["password inside a data source name"] }] };
}

/** `Bearer` and a token that no provider's shape explains. */
export function readBearer(view: View, hit: Hit): Proposal {
  const text = view.bytes.toString("latin1", hit.end, Math.min(view.bytes.length, hit.end + 300));
  const value = /^[A-Za-z0-9._~+/-]{20,280}={0,2}(?![\w(<${])/.exec(text)?.[0];
  if (value === undefined || value.startsWith("eyJ") || noSecretReason(value, true) !== undefined) return noProposal;
  const score = tokenScore(value);
  const candidate = {
    start: hit.end,
    end: hit.end + value.length,
    score,
    signals: ["token of an Authorization header"],
  };
  return { candidates: [candidate], skipTo: candidate.end };
}
