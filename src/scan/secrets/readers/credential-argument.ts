/** Literals in places of a call that only a password or key can have: `new NetworkCredential("svc", "literal")`. */

import { type CallArgument, callArguments } from "../assignments/call-arguments.ts";
import { isReadableToken } from "../judgement/encoded-text.ts";
import { placeholderReason } from "../judgement/placeholders.ts";
import { isSigningWord, joined } from "../judgement/signing-phrase.ts";
import { isSaidWrong, isStockPassword } from "../judgement/stock-passwords.ts";
import { isNumberInUse, noPasswordReason, noSecretReason } from "../judgement/value-refusals.ts";
import { passwordScore, placedScore, tokenScore, withoutGroups } from "../judgement/value-scores.ts";
import { explainedScore, reportedScore } from "../scoring/score.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { isUuid } from "../text/value-forms.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View } from "../text/view.ts";
import type { Call } from "./calls/call.ts";
import { credentialCalls } from "./calls/credential-calls.ts";

/** What the place adds to the odds: nothing but a credential is handed over there. */
const placeOdds = 2;

/** Of a UUID where a key must stand: as random as any, and no id. */
const uuidScore = 90;

/** The hit ends with the bracket that opens the call. */
export function readCredentialArgument(view: View, hit: Hit): Proposal {
  const name = view.bytes.toString("latin1", hit.start, hit.end - 1).toLowerCase();
  if (!isWholeName(view.bytes, hit, name)) return noProposal;
  const calls = credentialCalls[name] ?? [];
  const found = callArguments(view, hit.end);
  const candidates = calls.flatMap((call) => {
    const value = argumentOf(view, hit, call, found) ?? pairOf(name, call, found);
    return value === undefined ? [] : judged(view, call, value, found);
  });
  return candidates.length === 0 ? noProposal : { candidates, skipTo: Math.max(...candidates.map(({ end }) => end)) };
}

/** Of each name the ends of others that it may be, without itself: `ftp_` of `login`, which takes another argument. */
const longerNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.keys(credentialCalls).map((name) => [
    name,
    Object.keys(credentialCalls).flatMap((other) =>
      other !== name && other.endsWith(name) ? [other.slice(0, -name.length)] : [],
    ),
  ]),
);

/** False within a word (`prelogin`), and where a longer name of the table ends there, which has a hit of its own. */
function isWholeName(bytes: Buffer, { start }: Hit, name: string): boolean {
  const before = bytes.toString("latin1", Math.max(0, start - 40), start);
  const [first = ""] = bytes.toString("latin1", start, start + 1);
  // `setBasicAuth`, `HTTPBasicAuth` and `my_login` say what they are.
  if (/[a-z]/.test(first) && /[a-z\d]$/i.test(before)) return false;
  return !(longerNames[name] ?? []).some((more) => before.toLowerCase().endsWith(more));
}

interface Value {
  readonly value: string;
  readonly start: number;
}

function argumentOf(view: View, hit: Hit, { at }: Call, found: readonly CallArgument[]): Value | undefined {
  if (at === "behind user") return behindUser(view, hit, found);
  if (at === "behind name") return saysPassword(found[0]) ? literalOf(found[1]) : undefined;
  if (at === "tried") return triedPassword(view, hit, found);
  if (at === "first literal") return literalOf(found.slice(0, 2).find(({ value }) => value !== undefined));
  if (at === "last" ? found.length < 2 : at === "only" && found.length > 1) return undefined;
  return literalOf(typeof at === "number" ? found[at] : lastOf(found));
}

/** Without an empty text behind it: `BasicAuth("ops", "v", "")` of Neo4j has a realm. */
function lastOf(found: readonly CallArgument[]): CallArgument | undefined {
  return found.length > 2 && found.at(-1)?.value === "" ? found.at(-2) : found.at(-1);
}

function literalOf(argument: CallArgument | undefined): Value | undefined {
  return argument?.value === undefined ? undefined : { value: argument.value, start: argument.start };
}

/** `HttpBasicCredentials("shop:v")`: both in one. */
function pairOf(name: string, { at }: Call, found: readonly CallArgument[]): Value | undefined {
  if (at !== "last" || found.length !== 1 || !name.includes("basic")) return undefined;
  const { value = "", start } = found[0]!;
  const user = /^[\w.@+-]{1,40}:(?=[^\s/:]{4,64}$)/.exec(value)?.[0];
  if (user === undefined || `${value.slice(user.length)}:` === user) return undefined;
  return { value: value.slice(user.length), start: start + user.length };
}

/** `bind("cn=reader,dc=contoso", "v")`, `put(Context.SECURITY_CREDENTIALS, "v")` */
function saysPassword({ value = "", code = "" }: Partial<CallArgument> = {}): boolean {
  return (
    /^(?:cn|uid|ou|dc|o)=[^,=]{1,60},|^[\w.-]{0,60}\.(?:\w{0,20}P|p)assword$/i.test(value) ||
    /\.\w{0,40}(?:PASSWORD(?:_PROPERTY|_CONFIG)?|SECURITY_CREDENTIALS)$/.test(code)
  );
}

/**
 * What stands behind its user: `create_user("ops", "v")`, `signIn(user.email, "v")`, `registerUser("ops", "ops@contoso.net", "v")`;
 * behind an address something else may follow (`new SignUpRequest("ops@contoso.net", "v", "Harbor")`).
 */
function behindUser({ bytes }: View, hit: Hit, found: readonly CallArgument[]): Value | undefined {
  const call = bytes.toString("latin1", hit.start, hit.end);
  const behindAddress = found.findIndex(
    ({ value = "" }, at) => isAddress(found[at - 1]?.value ?? "") && (looksChosen(value) || isOfDrawnLetters(value)),
  );
  const index = behindAddress < 0 ? found.findLastIndex(({ value }) => value !== undefined) : behindAddress;
  const user = found[index - 1];
  const { value = "", start } = found[index] ?? { start: 0 };
  const mayBeLetters = behindAddress >= 0 || letsIn.test(call);
  const isChosen = looksChosen(value) || (mayBeLetters && isOfDrawnLetters(value));
  if (user === undefined || !isChosen || value.toLowerCase().includes(user.value?.toLowerCase() ?? "\0"))
    return undefined;
  const isNamed =
    isAddress(user.value ?? "") || /(?:user|mail|login|account)(?:_?(?:name|id|address))?$/i.test(user.code ?? "");
  // `createAccount("savings", "EUR_2")`: anything has an account.
  const isAnything = /^create_?account\($/i.test(call);
  return isNamed || (!isAnything && /^[a-z][\w.+-]{1,40}$/i.test(user.value ?? "")) ? { value, start } : undefined;
}

/** Calls that let somebody in: elsewhere a role or another name may stand behind a user. */
const letsIn = /^(?:authenticate\w*|sign_?in|log_in)\($/i;
/** Abbreviations have less. */
const scoreOfDrawn = 70;

/** `qzkvw`: small letters that make no word. */
function isOfDrawnLetters(value: string): boolean {
  return /^[a-z]{5,12}$/.test(value) && passwordScore(value) >= scoreOfDrawn;
}

/** Letters, and digits or signs, but no address, path or version. */
function looksChosen(value: string): boolean {
  return (
    /^(?=.*[a-z])(?=.*[\d!#$%&*+=?@^])[!-~]{6,64}$/i.test(value) &&
    !/^[./]|^[\w-]*(?:[./:\\][\w-]+)+$/.test(value) &&
    !isAddress(value)
  );
}

/** `user.check_password("v")`, `verifyPassword("v", hash)`, but for what is told to be refused. */
function triedPassword({ bytes }: View, hit: Hit, found: readonly CallArgument[]): Value | undefined {
  const literal = literalOf(found.findLast(({ value }) => value !== undefined));
  const { value = "", start = 0 } = literal ?? {};
  const head = bytes.toString("latin1", Math.max(0, hit.start - 80), hit.start);
  // `checkPassword("Aa1!")`: whether it is a strong one.
  if (found.length < 2 && !/(?:\.|->|::)$/.test(head)) return undefined;
  const tail = bytes.toString("latin1", start + value.length, start + value.length + 60);
  const isRefused =
    /(?:\bnot |!|false\(|\brefute[ (]|to_not |not_to )[\w.()\s>[\]:$&?-]*$/i.test(
      head.slice(head.lastIndexOf("\n") + 1),
    ) || /^["'`][^"'`\n;]{0,30}\)(?:\s*(?:is|===?)\s*|(?:\.\w{2,12}){1,4}[.(]?)fals/i.test(tail);
  return isRefused || isSaidWrong(value) || /^[0-9a-f]{32,}$/i.test(value) ? undefined : literal;
}

function judged(
  { facts }: View,
  call: Call,
  { value, start }: Value,
  found: readonly CallArgument[],
): readonly Candidate[] {
  if (value.length < 4) return [];
  // `getConnection("db7", "3306")`: the last of two may be another number.
  const isNumber = mayBeNumber(call, found) && isNumberInUse(value, facts);
  const isPhrase = call.holds === "phrase" && !facts.sample && (isNumber || isSigningWord(value));
  if (!isNumber && (whyNone(isPhrase ? joined(value) : value, call) !== undefined || isStockPassword(value))) return [];
  if (/^[a-z]+:[a-z]+:|:\/\//.test(value)) return [];
  // Of templates: `{{ word | password_hash('sha512') }}`.
  if (algorithm.test(value)) return [];
  // `new User("ops", "ops@contoso.net")`, `new User("ops", "Harbor Light 7")`
  if (call.sure !== "everywhere" && (/\s/.test(value) || isAddress(value) || isSaidWrong(value))) return [];
  // What guests say instead of a password.
  const isGuest = isAddress(value) || value.endsWith("@");
  if (isGuest && found.some((argument) => /^(?:anonymous|ftp|guest)$/i.test(argument.value ?? ""))) return [];
  // `connect("db", "shop", "shop", "shop")`: a default, or a user.
  const repeated = found.filter((argument) => argument.value === value).length > 1;
  const isSure =
    call.sure === "everywhere" || isNumber || (!facts.sample && (call.sure !== "nowhere" || looksChosen(value)));
  const score = isPhrase ? explainedScore : scoreOf(value, call, isSure && !repeated ? placeOdds : 0);
  if (score < reportedScore) return [];
  const end = start + value.length;
  return [{ start, end, score: Math.max(score, explainedScore), signals: ["argument that takes a password or key"] }];
}

function mayBeNumber({ at, holds, sure, isCompared }: Call, found: readonly CallArgument[]): boolean {
  if (isCompared === true || holds === "phrase") return true;
  return sure !== "nowhere" && holds === "password" && (at !== "last" || found.length > 2);
}

/** How something is hashed, signed or written, in place of a key. Whole: `Sharepoint19` and `Cryptic-24` are somebody's passwords. */
const algorithm =
  /^(?:sha[-_]?\d{0,3}(?:[-_]crypt)?|md5(?:[-_]crypt)?|[bs]?crypt(?:[-_]?(?:sha)?\d{1,3})?|argon2?(?:id|[di])?|pbkdf2?(?:[-_]?(?:hmac[-_]?)?(?:sha[-_]?\d{1,3}|md5))?|blowfish|[hrep]s\d{3}|utf-?8|base64|ascii)$/i;

function isAddress(value: string): boolean {
  return /@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}$/i.test(value);
}

function isKey(holds: Call["holds"]): boolean {
  return holds === "key" || holds === "phrase";
}

function whyNone(value: string, { holds }: Call): string | undefined {
  if (isKey(holds) && isUuid(value)) return placeholderReason(value);
  return holds === "password" ? noPasswordReason(value) : noSecretReason(value);
}

function scoreOf(value: string, { holds }: Call, odds: number): number {
  // What makes a key takes nothing else for one.
  if (isKey(holds) && isUuid(value)) return uuidScore;
  const plain = withoutGroups(value);
  if (/\s.*\s/.test(plain)) return 0;
  // `harbor-pnr-salt`: it says itself what it is.
  if (holds === "drawn") return /salt|secret/i.test(plain) ? 0 : tokenScore(plain);
  const byItself = Math.max(passwordScore(plain), tokenScore(plain));
  if (holds === "password" && odds > 0) return Math.max(byItself, placedScore(plain, odds));
  return Math.max(byItself, scoreValue(plain, "password", { odds: odds / 2 }));
}

/** `Bearer` and a token that no provider's shape explains; Laravel's have a number before it. */
export function readBearer(view: View, hit: Hit): Proposal {
  const joined = /^["'] ?[+.] ?["']/.exec(view.bytes.toString("latin1", hit.end, hit.end + 5))?.[0] ?? "";
  const start = hit.end + joined.length;
  const text = view.bytes.toString("latin1", start, Math.min(view.bytes.length, start + 290));
  const value = /^(?:\d{1,9}\|)?[A-Za-z0-9._~+/-]{20,280}={0,2}(?![\w(<${])/.exec(text)?.[0];
  // Letters of one case are of whoever shows the header.
  if (value === undefined || isReadableToken(value) || /^[a-z]+$|^[A-Z]+$/.test(value)) return noProposal;
  if ((isUuid(value) ? placeholderReason(value) : noSecretReason(value)) !== undefined) return noProposal;
  const score = tokenScore(value);
  const candidate = { start, end: start + value.length, score, signals: ["token of an Authorization header"] };
  return { candidates: [candidate], skipTo: candidate.end };
}
