/**
 * A salt that somebody typed, beside what hashes passwords with it: `$salt = 'NaCl&pepper'; md5($salt . $password)`. Of words alone it
 * must be joined to the password there: elsewhere such a salt is a label.
 */
import { companyAfter, companyBefore } from "../assignments/limits.ts";
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { type View, windowText } from "../text/view.ts";
import { refusalOf } from "./literal-refusals.ts";
import { standInWord } from "./value-scores.ts";

/** Letters and a sign that neither joins words nor stands in formats and addresses. */
const typed = /^(?=(?:.*[A-Za-z]){4})(?=.*[!#&*+?@^~])[!#&*+?@^~\w.-]{8,64}$/;
/** Up to six words, or one with digits; joined by signs they are a label. */
const ofWords = /^[A-Za-z]\w{4,31}(?: \w{1,20}){0,5}$/;
const hashing = /(?:\b|_)(?:md5|sha-?\d{1,3}|hash|crypt|pbkdf2|scrypt|digest)/;
const ofPasswords = /pass|pwd|login|user/;
/** What stands around names in an expression: `$_POST['password']`, `"${password}"`. */
const surroundings = /[\s"'`${}[\]]+/g;

export function isTypedSalt(literal: NamedLiteral, view: View): boolean {
  const { words, kind, value, assignment } = literal;
  if (kind !== "salt" || words.at(-1) !== "salt" || !assignment.quoted || view.facts.sample) return false;
  if (/salt/i.test(value) || standInWord.test(value) || !(typed.test(value) || ofWords.test(value))) return false;
  const { start, end } = assignment;
  const beside = `${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`;
  if (!hashing.test(beside) || !ofPasswords.test(beside)) return false;
  if (!typed.test(value) && !isJoinedToPassword(assignment.name, beside)) return false;
  return refusalOf({ ...literal, value: value.replaceAll(" ", "_") }) === undefined;
}

/** `md5(salt + password)`, `f"{password}{salt}"`, `pbkdf2(password, salt, …)` */
function isJoinedToPassword(name: string, beside: string): boolean {
  const plain = beside.replace(/\}\$?\{/g, "+").replace(surroundings, "");
  const salt = name.toLowerCase();
  const joined = `(?:pass(?:word|wd)?|pwd)(?:\\.encode\\(\\))?[.+,]${salt}(?!\\w)|(?<!\\w)${salt}[.+,]\\w{0,16}(?:pass|pwd)`;
  return new RegExp(joined).test(plain);
}
