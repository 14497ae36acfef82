/** Finds licences that are named in words: "licensed under the Apache License, Version 2.0", the notices of the GNU licences. */
import { gnuNotice, type NamedInWords } from "./gnu-notice.ts";
import { expressionOfName } from "./license-names.ts";
import { isPlainName } from "./named-beside.ts";

export interface Mention {
  readonly expression: string;
  /** Position of the first word. */
  readonly at: number;
}

const mostMentions = 200;

/** Places where a name may stand; each is looked up in many lengths. All in all a quarter of a second. */
const mostPlaces = 5000;

export function findMentions(words: readonly string[]): readonly Mention[] {
  const found: Mention[] = phrasesIn(words);
  const lookUp = rememberedLookUp();
  let places = mostPlaces;
  for (let at = 0; at < words.length && found.length < mostMentions && places > 0; at++) {
    let start = afterTrigger(words, at);
    // `the MIT and GPLv2 licenses`, `either the GPL or the LGPL`
    while (start !== undefined && places-- > 0) {
      const mention = gnuNotice(words, start) ?? versionFirst(words, start, lookUp) ?? namedFrom(words, start, lookUp);
      if (mention === undefined) break;
      found.push({ expression: mention.expression, at });
      at = mention.end - 1;
      start = afterJoining(words, mention.end);
    }
  }
  return found;
}

const filler: ReadonlySet<string> = new Set(
  "the a an terms term and conditions provisions of to either both this following is are under by same exact using one".split(
    " ",
  ),
);

/** Position of the first word that may belong to a name, after words that lead to one; undefined if none do. */
function afterTrigger(words: readonly string[], at: number): number | undefined {
  const word = words[at];
  const last = words[at - 1];
  if (word === "gnu") return at;
  if (isShort(word) && /^licen[sc]ed?$/.test(words[at + 1] ?? "")) return at;
  const leads =
    word === "under" ||
    (word === "by" && last === "governed") ||
    (word === "to" && last === "subject") ||
    (word === "of" && (last === "terms" || last === "conditions")) ||
    (word === "license" && !filler.has(last ?? ""));
  return leads ? skipFiller(words, at + 1) : undefined;
}

function skipFiller(words: readonly string[], from: number): number {
  let start = from;
  while (start < from + 10 && filler.has(words[start] ?? "")) start++;
  return start;
}

function afterJoining(words: readonly string[], end: number): number | undefined {
  const at = /^licen[sc]es?$/.test(words[end] ?? "") ? end + 1 : end;
  return words[at] === "and" || words[at] === "or" ? skipFiller(words, at + 1) : undefined;
}

/** Names that are words of nothing else, so that they need no more around them. */
const shortNames: ReadonlySet<string> = new Set(["mit", "isc", "wtfpl", "gplv2", "gplv3", "lgplv3", "agplv3", "mpl2"]);

function isShort(word: string | undefined): boolean {
  return word !== undefined && shortNames.has(word);
}

type LookUp = (name: string) => string | undefined;

/** Texts say the same again and again. */
function rememberedLookUp(): LookUp {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, expressionOfName(name));
    return known.get(name);
  };
}

const longestName = 14;
const mostSkipped = 4;

/** The longest name that begins here, or, if it has a number to know it by, some words on: `Academic Free License (AFL 3.0)`. */
function namedFrom(words: readonly string[], start: number, lookUp: LookUp): NamedInWords | undefined {
  for (let skipped = 0; skipped <= mostSkipped; skipped++) {
    const from = start + skipped;
    for (let length = Math.min(longestName, words.length - from); length > 0; length--) {
      const name = withNumbers(words.slice(from, from + length));
      if (isPlainName(name) || (skipped > 0 && !/\d/.test(name))) continue;
      const expression = lookUp(name);
      if (expression !== undefined) return { expression, end: from + length };
    }
  }
  return undefined;
}

/** `version 3.01 of the PHP license` */
function versionFirst(words: readonly string[], start: number, lookUp: LookUp): NamedInWords | undefined {
  const found = /^version (\d+(?: \d+)*) of the /.exec(words.slice(start, start + 8).join(" "));
  if (!found?.[1]) return undefined;
  const from = start + found[0].trim().split(" ").length;
  const version = found[1].split(" ");
  for (let length = Math.min(longestName, words.length - from); length > 0; length--) {
    const expression = lookUp(withNumbers([...words.slice(from, from + length), ...version]));
    if (expression !== undefined) return { expression, end: from + length };
  }
  return undefined;
}

/** `version 2 0` is `version 2.0`: the dots are no words. */
function withNumbers(words: readonly string[]): string {
  return words
    .join(" ")
    .replace(
      /\b(v?\d{1,2})((?: \d{1,2})+)(?= |$)/g,
      (_, first: string, rest: string) => first + rest.replaceAll(" ", "."),
    );
}

/** What some licences are known by, in the words that everybody copies. */
const phrases: readonly (readonly [phrase: string, expression: string])[] = [
  ["free and unencumbered software released into the public domain", "Unlicense"],
  ["has waived all copyright and related", "CC0-1.0"],
  ["have waived all copyright and related", "CC0-1.0"],
  ["cc0 1 0 universal", "CC0-1.0"],
  ["the beer ware license", "Beerware"],
  ["in the public domain", "LicenseRef-scancode-public-domain"],
  ["into the public domain", "LicenseRef-scancode-public-domain"],
  ["licensed under mulan psl v2", "MulanPSL-2.0"],
  ["university of illinois open source license", "NCSA"],
  ["apache license v2 0 with llvm exceptions", "Apache-2.0 WITH LLVM-exception"],
  ["the same terms as perl", "Artistic-1.0-Perl OR GPL-1.0-or-later"],
  ["the same terms as ruby", "Ruby"],
  ["the freetype project license", "FTL"],
];

function phrasesIn(words: readonly string[]): Mention[] {
  const text = ` ${words.join(" ")} `;
  return phrases.flatMap(([phrase, expression]) => {
    const at = text.indexOf(` ${phrase} `);
    return at < 0 ? [] : [{ expression, at: text.slice(0, at).split(" ").length - 1 }];
  });
}
