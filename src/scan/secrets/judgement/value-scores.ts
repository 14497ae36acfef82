/** How likely a value is a password or token, by its characters and by a place that says so. */

import { reportedScore } from "../scoring/score.ts";
import { scoreValue } from "../scoring/score-literal.ts";

/** Google's passwords for programs, as its page shows them: four groups of four small letters. */
export function withoutGroups(value: string): string {
  return /^[a-z]{4}(?: [a-z]{4}){3}$/.test(value) ? value.replaceAll(" ", "") : value;
}

/** Words of stand-ins, samples and defaults: only what else a value holds can make it a secret. */
export const standInWord =
  /passw|pass(?![a-z])|pwd|secret|token|(?<![a-z])key|test|demo|sample|example|your|user|admin|root|foo|bar|default|dummy|strong|secure|change|local|tiger|vagrant|raspberry|alpine|toor|calvin|guest|value|string|hunter2|senha|contrase|(?<![a-z])clave(?![a-z])|kennwort|wachtwoord|haslo|heslo|parola|salasana|jelszo|lozinka|sifre|mot_?de_?passe/i;

/**
 * How likely a value is a password where nothing else can stand, 0 to 90. There a plain word is one, too, unless it
 * says what it stands in for.
 */
export function placedScore(value: string, odds: number): number {
  const score = scoreValue(value, "password", { odds });
  return standInWord.test(value) || !isTyped(value) ? score : Math.max(score, reportedScore + 2);
}

/** No white space; a letter of another script amid digits is somebody's choice, a word of such letters a stand-in. */
function isTyped(value: string): boolean {
  if (!/^[!-~\p{L}]{4,64}$/u.test(value)) return false;
  const others = value.replace(/[!-~]+/g, "").length;
  return others === 0 || (/\d/.test(value) && others <= value.length / 4);
}

/** How likely a value is a token, 0 to 90, by its characters alone. */
export function tokenScore(value: string): number {
  return value.length < 10 || /\s|[^\x21-\x7e]/.test(value) ? 0 : scoreValue(value, "token");
}

/** How likely a value is a password somebody set, 0 to 90, by its characters alone. */
export function passwordScore(value: string, { quoted = true }: { readonly quoted?: boolean } = {}): number {
  if (value.length < 4 || value.length > 128 || /\s.*\s/.test(value.trim())) return 0;
  return scoreValue(value, "password", { quoted });
}
