/** Literals in places of a call that only a password or key can have: `new NetworkCredential("svc", "literal")`. */

import { callArguments } from "../assignments/call-arguments.ts";
import {
  isStockPassword,
  noPasswordReason,
  noSecretReason,
  passwordScore,
  placedScore,
  tokenScore,
  withoutGroups,
} from "../judgement/literal-judgement.ts";
import { placeholderReason } from "../judgement/placeholders.ts";
import { reportedScore } from "../judgement/score.ts";
import { isUuid } from "../judgement/value-forms.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { type Candidate, type Hit, latinText, noProposal, type Proposal, type View } from "../view.ts";
import { type Call, credentialCalls, vagueCalls } from "./credential-calls.ts";

/** What the place adds to the odds. */
const evidence = 2;

/** The hit ends with the bracket that opens the call. */
export function readCredentialArgument(view: View, hit: Hit): Proposal {
  const name = view.bytes.toString("latin1", hit.start, hit.end - 1).toLowerCase();
  const call = credentialCalls[name];
  if (call === undefined) return noProposal;
  const found = callArguments(view, hit.end);
  if (call.at === "last" && found.length < 2) return noProposal;
  const { value, start } = found.at(call.at === "last" ? -1 : call.at) ?? { start: 0 };
  if (value === undefined || value.length < 4 || whyNone(value, call) !== undefined) return noProposal;
  if (isStockPassword(value) || /^[a-z]+:[a-z]+:|:\/\//.test(value)) return noProposal;
  // `new User("ops", "ops@contoso.net")`, `new User("ops", "Harbor Light 7")`
  if (vagueCalls.has(name) && (/\s/.test(value) || isAddress(value))) return noProposal;
  // What guests say instead of a password.
  if (isAddress(value) && found.some((argument) => /^(?:anonymous|ftp|guest)$/i.test(argument.value ?? "")))
    return noProposal;
  // `connect("db", "shop", "shop", "shop")`: a default, or a user.
  const repeated = found.filter((argument) => argument.value === value).length > 1;
  const score = scoreOf(value, call, repeated || vagueCalls.has(name) ? 0 : evidence);
  if (score < reportedScore) return noProposal;
  const candidate: Candidate = {
    start,
    end: start + value.length,
    score: Math.max(score, 65),
    signals: ["argument that takes a password or key"],
  };
  return { candidates: [candidate], skipTo: candidate.end };
}

function isAddress(value: string): boolean {
  return /@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}$/i.test(value);
}

function whyNone(value: string, { holds }: Call): string | undefined {
  return holds === "password" ? noPasswordReason(value) : noSecretReason(value, true);
}

function scoreOf(value: string, { holds }: Call, evidence: number): number {
  const plain = withoutGroups(value);
  if (/\s.*\s/.test(plain)) return 0;
  const byItself = Math.max(passwordScore(plain, true), tokenScore(plain));
  if (holds === "password" && evidence > 0) return Math.max(byItself, placedScore(plain, evidence));
  return Math.max(byItself, scoreValue(plain, "password", { evidence: evidence / 2 }));
}

/** `user:password@tcp(host:3306)/name` of Go's database drivers; the hit is `@tcp(`. */
export function readGoDsn(view: View, hit: Hit): Proposal {
  const from = Math.max(0, hit.start - 120);
  const match = /(?:^|["'`\s=])([\w.-]{1,40}):([^"'`\s]{3,80})$/.exec(latinText(view.bytes, from, hit.start));
  if (match === null) return noProposal;
  const [, user = "", password = ""] = match;
  const start = hit.start - password.length;
  const value = view.bytes.toString("utf8", start, hit.start);
  if (noSecretReason(value, true) !== undefined || value === user || isStockPassword(value)) return noProposal;
  const score = scoreValue(value, "password", { evidence });
  return { candidates: [{ start, end: hit.start, score, signals: ["password inside a data source name"] }] };
}

/** `Bearer` and a token that no provider's shape explains; Laravel's have a number before it. */
export function readBearer(view: View, hit: Hit): Proposal {
  const joined = /^["'] ?[+.] ?["']/.exec(view.bytes.toString("latin1", hit.end, hit.end + 5))?.[0] ?? "";
  const start = hit.end + joined.length;
  const text = view.bytes.toString("latin1", start, Math.min(view.bytes.length, start + 290));
  const value = /^(?:\d{1,9}\|)?[A-Za-z0-9._~+/-]{20,280}={0,2}(?![\w(<${])/.exec(text)?.[0];
  if (value === undefined || value.startsWith("eyJ")) return noProposal;
  if ((isUuid(value) ? placeholderReason(value) : noSecretReason(value, true)) !== undefined) return noProposal;
  const score = tokenScore(value);
  const candidate = { start, end: start + value.length, score, signals: ["token of an Authorization header"] };
  return { candidates: [candidate], skipTo: candidate.end };
}
