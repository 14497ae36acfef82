/** A passphrase of several words behind a name that says so: `PASSPHRASE = "harbor lights over nine bridges"`. */
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { placeholderReason } from "./placeholders.ts";
import { isSaidWrong } from "./stock-passwords.ts";
import { standInWord } from "./value-scores.ts";

/** Of labels, hints and messages. */
const ofSentences =
  /\b(?:a|an|the|this|that|it|is|are|was|be|not|no|and|or|of|to|for|in|on|at|with|by|from|you|please|enter|type|choose|confirm|set|used|using|must|should|can|cannot|may|if|when|required|optional|missing|empty|invalid|incorrect|too|long|short|least|phrase|characters?|words?|file|protected|encrypt\w*|decrypt\w*)\b/i;

export function isPassphrase({ words, kind, value, assignment }: NamedLiteral): boolean {
  if (kind !== "password" || !assignment.quoted || !/passphrase$/.test(words.slice(-2).join(""))) return false;
  if (value.length < 12 || !/^[A-Za-z\d][A-Za-z\d-]*(?: [A-Za-z\d-]+){2,9}$/.test(value)) return false;
  // A sentence begins with a capital and goes on in small letters.
  if (/^[A-Z][a-z]* [a-z\d -]+$/.test(value) || ofSentences.test(value)) return false;
  return !standInWord.test(value) && !isSaidWrong(value) && placeholderReason(value) === undefined;
}
