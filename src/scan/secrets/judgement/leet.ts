/** Words as people dress them up: `P@ssw0rd`, `s3cr3t`. */

const letters: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "!": "i",
  "3": "e",
  "4": "a",
  "@": "a",
  "5": "s",
  $: "s",
  "7": "t",
};

/** The text with the letters that its signs stand for, where the pattern finds some. */
export function undressed(text: string, signs: RegExp): string {
  return text.replace(signs, (sign) => letters[sign] ?? sign);
}
