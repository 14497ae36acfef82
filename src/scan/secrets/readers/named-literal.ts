/** Names that say password, secret, token or key, and the literal that stands beside them. */

import type { NameKind } from "../assignments/name-words.ts";
import { type NamedLiteral, readNamedLiteral } from "../assignments/read-named-literal.ts";
import { placeOfAccount } from "../judgement/account-password.ts";
import { isConsumersName } from "../judgement/consumer-key.ts";
import { undressed } from "../judgement/leet.ts";
import { refusalOf } from "../judgement/literal-refusals.ts";
import { isPassphrase } from "../judgement/passphrase.ts";
import { isSaidWrong } from "../judgement/stock-passwords.ts";
import { isShortNumber, oddsOfForm, oddsOfShort } from "../judgement/typed-password.ts";
import { isTypedSalt } from "../judgement/typed-salt.ts";
import { isNumberInUse, plainValue } from "../judgement/value-refusals.ts";
import { placedScore, standInWord, withoutGroups } from "../judgement/value-scores.ts";
import { surely } from "../paths/path-facts.ts";
import { companyOf, hasNamesake, hasNetwork, isOfKeystore } from "../scoring/company.ts";
import { explainedScore, reportedScore } from "../scoring/score.ts";
import { type LiteralScore, scoreLiteral } from "../scoring/score-literal.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { remembered } from "../text/remembered.ts";
import { isDescription } from "../text/value-forms.ts";
import { type Candidate, type Hit, isIn, noProposal, type Proposal, type View, windowText } from "../text/view.ts";

export function readPassword(view: View, hit: Hit): Proposal {
  return generic(view, hit, "password");
}

export function readSecret(view: View, hit: Hit): Proposal {
  return generic(view, hit, "secret");
}

function generic(view: View, hit: Hit, reader: "password" | "secret"): Proposal {
  const place = withoutSeparator(view, hit);
  const literal = readNamedLiteral(view, place);
  const proposal = proposed(view, literal, reader);
  if (literal?.inPieces !== true || view.facts.kind !== "any") return proposal;
  // Under some paths literals side by side are one value, under others the first is all of it.
  const first = proposed(view, readNamedLiteral(view, place, "first"), reader);
  return { ...first, candidates: [...proposal.candidates, ...first.candidates] };
}

function proposed(view: View, found: NamedLiteral | undefined, reader: "password" | "secret"): Proposal {
  if (found === undefined || readerOf(found) !== reader) return noProposal;
  const literal = unmarked(found);
  const { start, end } = literal.assignment;
  const { score, signals } = judgeWritten(literal, view);
  const others = furtherElements(literal, view);
  if (score === 0 && others.length === 0) return noProposal;
  const written = literal.inPieces === true ? { value: literal.value } : {};
  const candidates = score === 0 ? others : [{ start, end, score, signals, ...written }, ...others];
  return { candidates, skipTo: others.at(-1)?.end ?? end };
}

/** `{noop}v` of Spring: without the sign that nothing hashes it. */
function unmarked(literal: NamedLiteral): NamedLiteral {
  const value = plainValue(literal.value);
  const start = literal.assignment.start + literal.value.length - value.length;
  return value === literal.value ? literal : { ...literal, value, assignment: { ...literal.assignment, start } };
}

/** Pairs of a user and a password stand beside names that say "credentials": the other reader's. */
function readerOf({ kind, paired }: NamedLiteral): "password" | "secret" {
  return kind === "password" && paired !== true ? "password" : "secret";
}

const mostElements = 20;
/** Bytes of a list that are read, and of its first element: what stands around the last lies within the reader's reach. */
const longestList = 420;
const longestElement = 128;

/** `apiKeys: ["v", "v"]`: what follows the first of a list has its name, too. */
function furtherElements(literal: NamedLiteral, view: View): readonly Candidate[] {
  const { bytes } = view;
  const { start, end, quoted, syntax } = literal.assignment;
  if (!quoted || syntax !== "assignment" || literal.paired === true || bytes[end + 1] !== 0x2c) return [];
  if (end - start > longestElement) return [];
  if (!/\[\s{0,20}[bru@]?["'`]$/.test(bytes.toString("latin1", Math.max(0, start - 24), start))) return [];
  const text = bytes.toString("latin1", end + 1, Math.min(bytes.length, end + longestList));
  const element = /\s{0,20},\s{0,40}[bru@]?(["'`])([^"'`\\\n]{4,128})\1/dy;
  const found: Candidate[] = [];
  for (let count = 0; count < mostElements; count++) {
    const span = element.exec(text)?.indices?.[2];
    if (span === undefined) break;
    const place = { start: end + 1 + span[0], end: end + 1 + span[1] };
    const value = bytes.toString("utf8", place.start, place.end);
    const { score, signals } = judgeLiteral(
      { ...literal, value, assignment: { ...literal.assignment, ...place } },
      view,
    );
    if (score > 0) found.push({ ...place, score, signals });
  }
  return found;
}

/** A value, and the name of the column, list or table that holds it. */
export interface NamedValue extends Hit {
  readonly name: string;
  readonly words: readonly string[];
  readonly kind: NameKind;
  /** If it is not what stands between its ends. */
  readonly value?: string;
  /** True where nothing but a password can stand. */
  readonly isPlaced?: boolean;
}

/** Judges what no sign assigns to its name like a literal that is assigned to it. */
export function judgeNamed(view: View, named: NamedValue): readonly Candidate[] {
  const { name, words, kind, start, end, isPlaced = false } = named;
  const written = view.bytes.toString("utf8", start, end);
  const { value = written } = named;
  if (isDescription(value)) return [];
  const assignment = { name, start, end, quoted: true, lexical: "plain", syntax: "assignment" } as const;
  const literal = { assignment, words, kind, value };
  const { score, signals } = (isPlaced ? judgePlaced(literal) : undefined) ?? judgeLiteral(literal, view);
  return score === 0 ? [] : [{ start, end, score, signals, ...(value !== written && { value }) }];
}

/** Undefined if it is to be judged like any other. */
function judgePlaced(literal: NamedLiteral): LiteralScore | undefined {
  const { value } = literal;
  if (!mayBeTyped(value) || refusalOf(literal) !== undefined || isSaidWrong(value)) return undefined;
  const score = placedScore(value, placeOdds);
  return score < reportedScore ? undefined : { score, signals: ["stands where only a password can"] };
}

/** A value that a template fills in holds its signs; with others it may be the word "password", dressed up: the model judges both. */
function mayBeTyped(value: string): boolean {
  return /^[^\s$<>{}()[\]%]{5,64}$/.test(value) && !standInWord.test(undressed(value, /[4@310$57!]/g));
}

const scores = remembered<LiteralScore>();
const scoresInCompany = remembered<LiteralScore>();
const refused: LiteralScore = { score: 0, signals: [] };

/** How likely the literal is what its name promises, by itself and by what stands around it. */
function judgeLiteral(literal: NamedLiteral, view: View): LiteralScore {
  const { name, syntax, lexical, quoted, start, end } = literal.assignment;
  const { facts } = view;
  const asked = `${literal.kind} ${name} ${syntax} ${lexical} ${quoted} ${facts.kind} ${literal.value}`;
  const alone = scores(asked, () => (refusalOf(literal) === undefined ? scoreWith(literal, view, 0) : refused));
  if (alone === refused || literal.kind !== "password") return alone;
  const company = companyOf(view, start, end);
  const odds = company + oddsOfShort(view, literal, company);
  const scored = odds === 0 ? alone : scoresInCompany(`${odds} ${asked}`, () => scoreWith(literal, view, odds));
  return scored.score >= reportedScore ? scored : atPlace(scored, literal, onlyPassword(view, literal));
}

/** The same of what an assignment gives to its name, where settings may tell what it is. */
function judgeWritten(literal: NamedLiteral, view: View): LiteralScore {
  if (isConsumersName(literal, view)) return refused;
  if (isPassphrase(literal)) return { score: explainedScore, signals: ["passphrase of several words"] };
  if (isComparedNumber(literal, view))
    return { score: explainedScore, signals: ["number that a password is compared with"] };
  if (isShortNumber(view, literal, () => companyOf(view, literal.assignment.start, literal.assignment.end)))
    return { score: explainedScore, signals: ["number that somebody signs in with"] };
  if (isTypedSalt(literal, view))
    return { score: explainedScore, signals: ["salt beside what hashes a password with it"] };
  const judged = judgeLiteral(literal, view);
  const isOther = judged === refused && !isNumberInUse(literal.value, view.facts);
  if (isOther || judged.score >= reportedScore) return judged;
  return atPlace(judged, literal, placeOfAccount(view, literal));
}

/** `password === "4711"`: what somebody types to sign in. */
function isComparedNumber({ kind, words, value, assignment }: NamedLiteral, { facts }: View): boolean {
  if (kind !== "password" || assignment.syntax !== "comparison" || !assignment.quoted) return false;
  return (
    isNumberInUse(value, facts) && /^(?:pass|word|passwd|password|pwd|pw|senha|contrasena)$/.test(words.at(-1) ?? "")
  );
}

/** `place`: one in which nothing but a password stands. */
function atPlace(judged: LiteralScore, { value }: NamedLiteral, place: string | undefined): LiteralScore {
  const score = place === undefined ? 0 : placedScore(value, placeOdds);
  return place === undefined || score < judged.score ? judged : { score, signals: [place] };
}

/** What to call a place in which nothing but a password stands; undefined if it is none. */
function onlyPassword(view: View, literal: NamedLiteral): string | undefined {
  if (isSqlPassword(view, literal) || isMongoPassword(view, literal))
    return "password of a statement that makes a user";
  if (isNetworkPassword(view, literal)) return "password of a wireless network beside its name";
  return isStorePassword(view, literal) ? "password of a store of keys" : undefined;
}

/** `ssid = "Harbor"; password = "v"`: nothing else stands there; documents and tests show what one may look like. */
function isNetworkPassword(view: View, { assignment: { quoted, start, end } }: NamedLiteral): boolean {
  const { facts } = view;
  return (
    quoted && !facts.sample && !surely(facts, "text") && hasNetwork(view, start, end) && !hasNamesake(view, start, end)
  );
}

function scoreWith(literal: NamedLiteral, { facts }: View, odds: number): LiteralScore {
  return scoreLiteral({ ...literal, value: withoutGroups(literal.value) }, facts, odds + oddsOfForm(literal, facts));
}

/** What a place that only a password can have adds to the odds. */
const placeOdds = 2;

/**
 * `CREATE USER shop IDENTIFIED BY 'v'`, `ALTER ROLE shop WITH PASSWORD 'v'`, `GRANT … TO shop IDENTIFIED BY 'v'`, of a login
 * with a sign between; a user's own name is a default.
 */
function isSqlPassword(view: View, { kind, value, assignment }: NamedLiteral): boolean {
  const { syntax, start } = assignment;
  if (kind !== "password" || (syntax !== "separated" && syntax !== "assignment")) return false;
  const before = windowText(view, start - 160, start);
  const ofUser = syntax === "separated" ? ofSqlUser : ofSqlLogin;
  const statement = ofUser.exec(before)?.[0];
  return statement !== undefined && !statement.includes(value.toLowerCase());
}

const ofSqlUser = /\b(?:(?:create|alter)\s+(?:user|role|login)\b|grant\s[^;]*\bto\s)[^;]*$/;
const ofSqlLogin = /\b(?:create|alter)\s+login\s[^;]*\bpassword\s*=\s*n?'$/;

/** `db.createUser({ user: "ops", pwd: "v" })` of MongoDB; a user's own name is a default. */
function isMongoPassword(view: View, { value, assignment: { name, start, syntax } }: NamedLiteral): boolean {
  if (name.toLowerCase() !== "pwd" || syntax !== "assignment") return false;
  const before = /createuser(?:\(|["']?:)\s*[{"'][^}]*$/.exec(windowText(view, start - 160, start))?.[0];
  return before !== undefined && !before.includes(value.toLowerCase());
}

/** `storePassword "v"` beside `storeFile` and `keyAlias`: what Gradle signs with; `android` and the key's own name are defaults. */
function isStorePassword(view: View, { value, assignment }: NamedLiteral): boolean {
  const { name, start, end, syntax } = assignment;
  if (!/^(?:(?:key|trust)?_?store|key)_?password$/i.test(name) || !/^(?:assignment|separated|call)$/.test(syntax))
    return false;
  return value !== "android" && isOfKeystore(view, start, end) && !hasNamesake(view, start, end);
}

/** Anchors of few letters stand with what ends the name: `pw=`. */
function withoutSeparator({ bytes }: View, { start, end }: Hit): Hit {
  return isIn(alphabetTable("word"), bytes[end - 1]) ? { start, end } : { start, end: end - 1 };
}
