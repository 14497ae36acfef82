import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import { decodedText } from "../text/value-forms.ts";
import { isStockPassword } from "./stock-passwords.ts";
import { noSecretReason } from "./value-refusals.ts";
import { standInWord } from "./value-scores.ts";

/** True of base64 that hides a sentence, JSON, a stand-in, or a user with one. */
export function isEncodedText({ value, kind }: NamedLiteral): boolean {
  const text = decodedText(value);
  if (text === undefined) return false;
  if (/\s\S+\s|^\{"/.test(text)) return true;
  const inner = text.slice(text.indexOf(":") + 1).trim();
  if (isStockPassword(inner) || noSecretReason(inner) !== undefined) return true;
  // What tokens are signed with is a text of 32 characters, of words, too.
  const isPhrase = kind === "secret" && /^\w{32,}$/.test(text) && !standInWord.test(text);
  return readsAsWords(inner) && !isPhrase;
}

/**
 * True of a whole JSON Web Token, for which there is a rule, and of what begins as one and holds nothing drawn: each part is text
 * in base64, a word, or too short.
 */
export function isReadableToken(value: string): boolean {
  if (!value.startsWith("eyJ")) return false;
  const [head = "", body = "", ...others] = value.split(".");
  const isWhole = body.startsWith("eyJ") && reads(head) && reads(body);
  return isWhole || [head, body, ...others].every((part) => part.length < shortestDrawn || reads(part));
}

const shortestDrawn = 12;

function reads(part: string): boolean {
  if (!part.startsWith("eyJ")) return readsAsWords(part);
  // The last character may be cut.
  return /^(?:[\t\r\n]|[^\p{Cc}\ufffd])*\ufffd?$/u.test(Buffer.from(part, "base64").toString("utf8"));
}
