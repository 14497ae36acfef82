/** When digits alone may be a password: as anything else they are a number. */
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { areDigitsInOrder } from "../text/value-forms.ts";
import { passwordWord } from "./typed-password.ts";

/** So many where a name says password, whatever else it says. */
const usuallyLeast = 6;

export function isPasswordOfDigits(literal: NamedLiteral): boolean {
  const { value, kind, assignment } = literal;
  if (kind !== "password" || !/^\d{4,15}$/.test(value)) return false;
  if (value.length >= usuallyLeast) return assignment.quoted || isWrittenAsText(literal);
  if (areDigitsInOrder(value)) return false;
  if (assignment.quoted) return saysOnlyPassword(literal);
  return assignment.lexical === "plain" && isWrittenAsText(literal) && !/^(?:19|20)\d\d$/.test(value);
}

/** `password: "4815"` */
function saysOnlyPassword({ words, assignment }: NamedLiteral): boolean {
  return assignment.syntax === "assignment" && passwordWord.test(words.join(""));
}

/** `DB_PASSWORD=`, `password: 472569`: what stands there is text, with quotes or without; not a date, and no round number. */
function isWrittenAsText({ value, words, assignment }: NamedLiteral): boolean {
  if (/^[A-Z][A-Z0-9_]{0,40}_(?:PASSWORD|PASSWD|PASS|PWD)$/.test(assignment.name)) return true;
  if (assignment.syntax !== "assignment" || !/^(?:password|passwd|passwort|senha|contrasena)$/.test(words.at(-1) ?? ""))
    return false;
  return value.length < 10 && !/^(?:19|20)\d\d[01]\d[0-3]\d$|000$/.test(value);
}
