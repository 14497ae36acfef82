/** Passwords and keys in statements of SQL that no name stands beside: rows of an `INSERT`, `IDENTIFIED BY` without quotes, `crypt`. */

import { nameKind, nameWords } from "../assignments/name-words.ts";
import { placeholderReason } from "../judgement/placeholders.ts";
import { isStockPassword } from "../judgement/stock-passwords.ts";
import { noChosenReason } from "../judgement/value-refusals.ts";
import { placedScore } from "../judgement/value-scores.ts";
import { reportedScore } from "../scoring/score.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { type Candidate, type Hit, isIn, noProposal, type Proposal, refusedAtSight, type View } from "../text/view.ts";

/** Bytes of a statement that are read, and rows of it. */
const longest = 1500;
const mostRows = 20;

/** What the place adds to the odds: that it is a password is said, and tables are filled with samples as well. */
const placeOdds = 1;
/** Four letters that make no word weigh less than more of them. */
const shortOdds = 4;

export function readSqlPassword(view: View, hit: Hit): Proposal {
  const text = view.bytes.toString("latin1", hit.end, Math.min(view.bytes.length, hit.end + longest));
  if (view.bytes[hit.end - 1] === 0x27) return hashed(view, hit, text);
  if ((view.bytes[hit.end - 1]! | 0x20) === 0x72) return setFor(hit, text);
  return (view.bytes[hit.end - 1]! | 0x20) === 0x79 ? identifiedBy(view, hit, text) : inserted(hit, text);
}

/** `CREATE USER shop IDENTIFIED BY v;` of Oracle. */
function identifiedBy({ bytes }: View, hit: Hit, text: string): Proposal {
  const before = bytes.toString("latin1", Math.max(0, hit.start - 100), hit.start);
  if (!/\b(?:create|alter)\s+user\s+\S{1,60}\s+$/i.test(before)) return noProposal;
  const match =
    /^(\s+)([A-Za-z][\w$#@]{3,29})\s*(?:;|$|["']|\s(?:account|default|temporary|quota|profile|container|replace)\b)/i.exec(
      text,
    );
  if (match === null) return noProposal;
  return { candidates: candidatesOf(match[2]!, hit.end + match[1]!.length, [before]) };
}

/** `SET PASSWORD FOR 'shop'@'%' = 'v';` of MySQL; `PASSWORD('v')` is a call that other readers know. */
function setFor(hit: Hit, text: string): Proposal {
  // Neighbours that take the same characters are tried in every way that parts them: the name begins with no blank.
  const match = /^\s{1,40}([^\s=;][^=;\n]{0,79})\s{0,10}=\s{0,10}(["'])([^"'\\\n]{4,80})\2/.exec(text);
  if (match === null) return noProposal;
  const start = hit.end + match[0].length - match[3]!.length - 1;
  return { candidates: candidatesOf(match[3]!, start, [match[1]!]) };
}

/** `crypt('v', gen_salt('bf'))` of PostgreSQL, and what it is compared with: `crypt('v', password_hash)`. */
function hashed({ bytes }: View, hit: Hit, text: string): Proposal {
  // `encrypt('a text', password)`
  if (isIn(alphabetTable("word"), bytes[hit.start - 1])) return refusedAtSight;
  const value = /^([^'\n]{4,80})'\s*,\s*(?:(?:\w+\.)?gen_salt\(|[\w.]{0,40}pass)/i.exec(text)?.[1];
  return value === undefined ? noProposal : { candidates: candidatesOf(value, hit.end, [], true) };
}

/** `INSERT INTO users (name, password) VALUES ('shop', 'v'), ...`, also in two texts that code puts together. */
function inserted(hit: Hit, text: string): Proposal {
  const head = /^\s+[\w.`"[\]\\]{1,80}\s*\(([^()]{3,800})\)(?:[\s"'+.&]|\\[nr]){0,60}values?\s*/i.exec(text);
  if (head === null) return noProposal;
  // `pwd_user`: the last word may be that of the table.
  const columns = head[1]!.split(",").map((column) => column.replace(/[^\w]/g, "").replace(/_user$/i, ""));
  const held = columns.flatMap((column, place) => (holdsKey(column) ? [{ column, place, isKey: true }] : []));
  const password = columns.findIndex((column) => nameKind(nameWords(column)) === "password");
  if (password >= 0) held.push({ column: columns[password]!, place: password, isKey: false });
  if (held.length === 0) return noProposal;
  const candidates: Candidate[] = [];
  let at = head[0].length;
  for (let row = 0; row < mostRows; row++) {
    const values = rowAt(text, at);
    if (values === undefined) break;
    for (const { column, place, isKey } of values.texts.length === columns.length ? held : []) {
      const value = values.texts[place];
      if (value === undefined) continue;
      const others = values.texts.filter((_, index) => index !== place).map((other) => other?.text ?? "");
      const start = hit.end + value.start;
      if (isKey) candidates.push(...keysOf(value.text, start, column));
      else if (isNumberOf(value.text, others)) candidates.push(candidateOf(value.text, start, reportedScore + 2));
      else candidates.push(...candidatesOf(value.text, start, others, isHashedThere(text, value)));
    }
    at = values.end + (/^\s*,\s*/.exec(text.slice(values.end, values.end + 60))?.[0].length ?? 0);
  }
  return { candidates, skipTo: hit.end + at };
}

/** `client_secret`, `api_key`, `access_token`; other tokens of tables are of one visit or one message. */
function holdsKey(column: string): boolean {
  const words = nameWords(column);
  const kind = nameKind(words);
  return kind === "secret" || kind === "key" || (kind === "token" && words.some((word) => ofServices.has(word)));
}

const ofServices = new Set(["access", "api", "bot", "oauth", "refresh", "auth"]);

/** Written by nobody: a word in such a column is a sample. */
function keysOf(value: string, start: number, column: string): readonly Candidate[] {
  if (!/^[\w+/=.~-]{16,200}$/.test(value) || !/\d/.test(value) || noChosenReason(value) !== undefined) return [];
  const score = scoreValue(value, "token");
  return [{ start, end: start + value.length, score, signals: [`in the column "${column.slice(0, 40)}"`] }];
}

interface Text {
  readonly text: string;
  readonly start: number;
}

/** A row in brackets: of each value the text in quotes it is, or that a function is given (`MD5('v')`). */
function rowAt(
  text: string,
  from: number,
): { readonly texts: readonly (Text | undefined)[]; readonly end: number } | undefined {
  if (text[from] !== "(") return undefined;
  const texts: (Text | undefined)[] = [];
  let found: Text | undefined;
  let depth = 0;
  for (let at = from + 1; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === "'" || sign === '"') {
      const end = text.indexOf(sign, at + 1);
      if (end < 0) return undefined;
      found ??= { text: text.slice(at + 1, end), start: at + 1 };
      at = end;
    } else if (sign === "(") depth++;
    else if (sign === ")" && depth-- === 0) return { texts: [...texts, found], end: at + 1 };
    else if (sign === "," && depth === 0) {
      texts.push(found);
      found = undefined;
    }
  }
  return undefined;
}

/** `crypt('v', gen_salt('bf'))`: nothing but a password is given to it. */
function isHashedThere(text: string, { start }: Text): boolean {
  return /\bcrypt\(\s{0,4}$/i.test(text.slice(Math.max(0, start - 12), start - 1));
}

/** `('ops', '4711')`: of whoever signs in with it; what everybody writes is none. */
function isNumberOf(value: string, others: readonly string[]): boolean {
  return /^\d{3,12}$/.test(value) && noPlaceholder(value) && hasUser(others);
}

function hasUser(others: readonly string[]): boolean {
  return others.some((other) => /^[a-z][\w.@+-]+$/i.test(other));
}

function noPlaceholder(value: string): boolean {
  return placeholderReason(value) === undefined && !isStockPassword(value);
}

function candidateOf(value: string, start: number, score: number): Candidate {
  return { start, end: start + value.length, score, signals: ["password in a statement of SQL"] };
}

function candidatesOf(value: string, start: number, others: readonly string[], isSure = false): readonly Candidate[] {
  if (value.length < (hasUser(others) ? 4 : 5) || /["{}<>\\]|^[$:?@%]|\s.*\s/.test(value)) return [];
  // What the column holds is a hash of it, and nobody signs in with that.
  if (value.length >= 28 && /^(?:0x)?[0-9a-f]+$/i.test(value)) return [];
  if (noChosenReason(value) !== undefined) return [];
  if (others.some((other) => other.toLowerCase().includes(value.toLowerCase()))) return [];
  const odds = value.length < 5 ? shortOdds : placeOdds;
  const score = isSure ? placedScore(value, placeOdds) : scoreValue(value, "password", { odds });
  return [candidateOf(value, start, score)];
}
