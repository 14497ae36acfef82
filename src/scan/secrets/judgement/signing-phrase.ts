/** What tokens, cookies and sessions are signed with, where somebody typed it: words, that stand in for nothing else. */
import { reportedScore } from "../scoring/score.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { placeholderReason } from "./placeholders.ts";
import { isSaidWrong } from "./stock-passwords.ts";

/** Somebody's own words of what is no secret. */
const standIn =
  /test|demo|dummy|sample|example|your|change|default|placeholder|local|insecure|unsafe|fake|mock|replace|hard.to.guess|(?<![a-z])(?:dev|foo|bar|keyboard)(?![a-z])|here$/i;

/** `jwtSecretKeyName`: of such words only somebody names the place of a secret. */
const sayingWhat =
  /^(?:jwt|secrets?|key|name|token|app|api|auth|oauth|bearer|hmac|access|refresh|id|value|signing|session|cookie|user|client|server|web|config|express|flask|\d+)$/i;

/** What a name that says what it signs adds to the odds. */
const ofName = 2.7;

/** `QZK4715`: letters, and digits that make it no word. */
const shortMixed = /^(?=.*[a-z].*[a-z])(?=.*\d.*\d)[a-z\d]{6,7}$/i;
const algorithm = /^(?:sha|hmac|aes|[hrep]s)\d{3,4}/i;

/** Long enough to be one, and no label, constant, or name of a resource. */
export function isSigningPhrase(value: string): boolean {
  // `qzkvwx`: letters that make no word.
  if (/^[a-z]{5,15}$/.test(value))
    return mayBeTyped(value) && scoreValue(value, "password", { odds: ofName }) >= reportedScore;
  if (shortMixed.test(value)) return mayBeTyped(value) && !algorithm.test(value);
  if (value.length < 8 || !mayBeTyped(value)) return false;
  // `APP_JWT_SECRET`, `prod-jwt-secret-2`, `app.jwt.secret`
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$|^(?:[a-z]+|v?\d+)(?:[-./:](?:[a-z]+|v?\d+))*$/.test(value)) return false;
  return /\d/.test(value) || (value.length >= 16 && wordsOf(value).length >= 4);
}

/** The same where nothing but what signs can stand: there a short word is one, too, or a few of them. */
export function isSigningWord(value: string): boolean {
  return mayBeTyped(joined(value)) && !/^[A-Z]+(?:_[A-Z0-9]+)+$|^[a-z]+(?:\.[a-z]+)+$/.test(value);
}

/** In one word, as refusals of labels and sentences would take blanks for theirs. */
export function joined(value: string): string {
  return /^\S+(?: \S+){1,6} ?$/.test(value) ? value.replaceAll(" ", "_") : value;
}

function mayBeTyped(value: string): boolean {
  if (!/^[!-~]{4,128}$/.test(value) || standIn.test(value) || isSaidWrong(value)) return false;
  return placeholderReason(value) === undefined && !wordsOf(value).every((word) => sayingWhat.test(word));
}

function wordsOf(value: string): readonly string[] {
  return value.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
}
