/**
 * A salt that somebody typed, beside what hashes passwords with it: `$salt = 'NaCl&pepper'; md5($salt . $password)`. Of words alone it
 * must be joined to the password there: elsewhere such a salt is a label. A constant of a program that is called salt and no more is
 * one, too (`static final String SALT = "harbor"`): what hashes with it mostly stands far below.
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
/** One word, or a number. */
const ofConstants = /^(?:[A-Za-z]\w{3,31}|\d{5,16})$/;
/** What begins the seeds of mnemonics is the same everywhere. */
const sayingWhat = /salt|mnemonic/i;
const declared =
  /(?:\b(?:final|const|static|val)\s[^\n;{}"'`]{0,40}?\b(?:(?:pass(?:word)?|pwd|hash|md5|sha\d{0,3}|login|user|default|secret)_?)?salt(?::\s?\w{1,20})?\s{0,4}=|\bdefine\(\s?["']salt["'],)\s{0,4}["'`]$/;
const hashing = /(?:\b|_)(?:md5|sha-?\d{1,3}|hash|crypt|pbkdf2|scrypt|digest)/;
const ofPasswords = /pass|pwd|login|user/;
/** What stands around names in an expression: `$_POST['password']`, `"${password}"`. */
const surroundings = /[\s"'`${}[\]]+/g;

export function isTypedSalt(literal: NamedLiteral, view: View): boolean {
  const { words, kind, value, assignment } = literal;
  if (kind !== "salt" || words.at(-1) !== "salt" || !assignment.quoted || view.facts.sample) return false;
  if (sayingWhat.test(value) || standInWord.test(value)) return false;
  const { start, end } = assignment;
  if (ofConstants.test(value) && declared.test(windowText(view, start - companyBefore, start)))
    return /^\d+$/.test(value) || refusalOf(literal) === undefined;
  if (!(typed.test(value) || ofWords.test(value))) return false;
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
