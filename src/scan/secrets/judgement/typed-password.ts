/**
 * Passwords as people type them. Of four characters, or three with a digit, they may be anything, and beside whoever signs in
 * with them they are one.
 */

import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { mayBe, type PathFacts, surely } from "../paths/path-facts.ts";
import { areDigitsInOrder } from "../text/value-forms.ts";
import type { View } from "../text/view.ts";
import { isVariableOfProduct } from "./account-password.ts";
import { placeholderReason } from "./placeholders.ts";

/** In logarithms of odds: four letters that make no word are as likely chosen as more of them, and weigh less. */
const lackOfShort = 3.2;

const isShort = /^(?:[a-z\d]{4}|(?=[a-z]*\d)[a-z\d]{3})$/;

/** What a name says last, or alone. */
export const passwordWord =
  /^(?:password|pass|psw|pw|passwd|passwort|pwd|passord|senha|contrasena|clave|parola?|sifre|haslo|heslo|losenord|wachtwoord|kennwort|passe)\d?$/;

/** `qzkv@482`, `qzkv482!`: letters, digits and a sign between or behind them, as rules for passwords make people write. */
const asDemanded = /^@?[A-Za-z]{2,14}(?:[@#!$&*+]{1,2}\d{2,6}|\d{2,6}[@#!$&*+.,-]{1,3})$/;
const ofDemanded = 1;

/** `qzkvwxj`: hardly any word is as rare, and drawn letters may look like one. */
const ofLetters = 1.5;

/** Names that say secret and no more, also of what signs with it or has it. */
const secretWord = /^(?:(?:client|app|api|jwt|session|cookie|auth|signing|hmac|oauth)?secret(?:key)?|secretkeybase)$/;

export function oddsOfForm({ kind, words, value, assignment: { quoted } }: NamedLiteral, facts: PathFacts): number {
  if (kind !== "password" && !(kind === "secret" && secretWord.test(words.join("")))) return 0;
  if (asDemanded.test(value)) return ofDemanded;
  return quoted && !surely(facts, "text") && /^[a-z]{5,12}$/.test(value) ? ofLetters : 0;
}

/** What the odds of such a value lack, where a user or server stands beside it. */
export function oddsOfShort(view: View, literal: NamedLiteral, company: number): number {
  return company > 0 && isUsed(view, literal) && isShort.test(literal.value) ? lackOfShort : 0;
}

/** `db_password: "4711"` beside whoever signs in with it, `MYSQL_ROOT_PASSWORD=471`. */
export function isShortNumber(view: View, literal: NamedLiteral, company: () => number): boolean {
  const { kind, words, value, assignment } = literal;
  if (kind !== "password" || !/^\d{3,4}$/.test(value) || areDigitsInOrder(value) || !isUsed(view, literal))
    return false;
  if (!passwordWord.test(words.at(-1) ?? "") || placeholderReason(value) !== undefined) return false;
  return isVariableOfProduct(assignment.name) || company() > 0;
}

/** Documents show what one may look like. */
function isUsed({ facts }: View, { assignment: { quoted } }: NamedLiteral): boolean {
  return !surely(facts, "text") && (quoted || mayBe(facts, "config"));
}
