/** A salt that somebody typed, beside what hashes passwords with it: `$salt = 'NaCl&pepper'; md5($salt . $password)`. */
import { companyAfter, companyBefore } from "../assignments/limits.ts";
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { type View, windowText } from "../text/view.ts";
import { refusalOf } from "./literal-refusals.ts";
import { standInWord } from "./value-scores.ts";

/** Letters and a sign that neither joins words nor stands in formats and addresses. */
const typed = /^(?=(?:.*[A-Za-z]){4})(?=.*[!#&*+?@^~])[!#&*+?@^~\w.-]{8,64}$/;
const hashing = /(?:\b|_)(?:md5|sha-?\d{1,3}|hash|crypt|pbkdf2|scrypt|digest)/;
const ofPasswords = /pass|pwd|login|user/;

export function isTypedSalt(literal: NamedLiteral, view: View): boolean {
  const { words, kind, value, assignment } = literal;
  if (kind !== "salt" || words.at(-1) !== "salt" || !assignment.quoted || view.facts.sample) return false;
  if (!typed.test(value) || /salt/i.test(value) || standInWord.test(value)) return false;
  const { start, end } = assignment;
  const beside = `${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`;
  return hashing.test(beside) && ofPasswords.test(beside) && refusalOf(literal) === undefined;
}
