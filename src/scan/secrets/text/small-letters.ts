/** Texts of rules and examples as the prefilter sees those of files: a character for each byte, capitals as small letters. */

/** As the prefilter folds a text whose characters are bytes: only those of ASCII have a case. */
export function inSmallLetters(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

/** The bytes of a text in UTF-8, one character for each. */
export function asBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}
