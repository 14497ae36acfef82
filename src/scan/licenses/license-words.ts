/** The words of a licence text, without what differs from copy to copy: comment marks, layout, addresses, who holds the copyright. */

/** Longer texts are read up to here: the longest listed licence has 120,000 characters. */
const longestText = 600_000;

export interface LicenseWords {
  readonly words: readonly string[];
  readonly hasCopyright: boolean;
}

const tag = /<\/?[a-z!][^<>]{0,200}>/gi;
const address = /\b(?:https?:\/\/|www\.)[^\s<>()]+/gi;
const entity = /&(?:[a-z]{2,6}|#\d{1,5});/gi;
const comment = /^\s*(?:dnl|rem)\s/i;
/** `1.`, `(a)`, `iv)`, `*`: copies number the same list in many ways. */
const enumerator = /^[\s*#/;%!.>|-]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])+(?=\s)/i;
const holder = /(?:copyright|\(c\)|©)[\s:]*(?:\(c\)|©|&copy;|\d{4}|[<[{]|by\b|[A-Z][a-z])/i;
/** Lines of the terms themselves that begin alike. */
const terms =
  /copyright\s+(?:holder|owner|notice|law|licen[sc]e|interest|act|statement|and\b|or\b|in\b|is\b|of\b|to\b|treaty|right|protect|permission|dis)/i;
/** `GPL v3.0+` */
const plus = /(\d)\+(?=[\s),.;]|$)/g;
const rights = /\ball rights reserved\b\.?/gi;

export function licenseWords(text: string): LicenseWords {
  const plain = text.slice(0, longestText).replace(entity, " ").replace(address, " ").replace(tag, " ");
  const words: string[] = [];
  let hasCopyright = false;
  for (const line of plain.split(/\r\n|\r|\n/)) {
    const said = withoutHolder(line);
    hasCopyright ||= said !== line;
    const bare = said
      .replace(comment, " ")
      .replace(enumerator, " ")
      .replace(rights, " ")
      .replace(plus, "$1 or later")
      .toLowerCase();
    for (const [word] of bare.matchAll(/[\p{L}\p{N}]+/gu)) words.push(word === "licence" ? "license" : word);
  }
  return { words, hasCopyright };
}

/** Lines may be long: what follows the holder's name in one may be the terms. */
function withoutHolder(line: string): string {
  const found = holder.exec(line);
  if (!found || terms.test(line.slice(found.index, found.index + 40))) return line;
  const name = line.slice(found.index, found.index + longestHolder);
  const end = afterHolder.exec(name)?.index;
  return end === undefined
    ? line.slice(0, found.index) + line.slice(found.index + longestHolder)
    : line.slice(0, found.index) + line.slice(found.index + end);
}

const longestHolder = 300;
const afterHolder = /[.;|]\s|[,\s-]+(?:released|licensed|distributed|available|permission|mit license|under)\b/i;

/** One number for each three words in a row. */
export function gramsOf(words: readonly string[]): Uint32Array {
  const hashes = words.map(hashOf);
  const grams = new Uint32Array(Math.max(0, words.length - 2));
  for (let at = 0; at < grams.length; at++) {
    let hash = Math.imul((hashes[at] as number) ^ 0x9e3779b9, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ (hashes[at + 1] as number), 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 16) ^ (hashes[at + 2] as number), 0x27d4eb2f);
    grams[at] = (hash ^ (hash >>> 15)) >>> 0;
  }
  return grams;
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}
