/** Base58 (Bitcoin's alphabet), only as far as needed to tell how many bytes a text stands for. */
import { alphabetCharacters } from "../text/alphabets.ts";

const longest = 200;

/** Number of bytes; undefined if the text is no base58, or longer than any token. */
export function base58Length(text: string): number | undefined {
  if (text.length > longest) return undefined;
  const characters = alphabetCharacters("base58");
  let value = 0n;
  let leading = 0;
  for (const character of text) {
    const digit = characters.indexOf(character);
    if (digit < 0) return undefined;
    if (value === 0n && digit === 0) leading++;
    value = value * 58n + BigInt(digit);
  }
  return leading + (value === 0n ? 0 : Math.ceil(value.toString(16).length / 2));
}
