/** Text of others for one line of a message: without what is no letter, and not longer than people read. */

const longest = 200;

export function foreignWords(text: string): string {
  const line = text
    .slice(0, 4 * longest)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}...` : line;
}
