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
