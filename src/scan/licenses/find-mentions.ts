/** Finds licences that are named in words: "licensed under the Apache License, Version 2.0", the notices of the GNU licences. */
import { expressionOfName } from "./license-names.ts";

export interface Mention {
  readonly expression: string;
  /** Position of the first word. */
  readonly at: number;
}

const mostMentions = 200;

export function findMentions(words: readonly string[]): readonly Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < words.length && found.length < mostMentions; at++) {
    const start = afterTrigger(words, at);
    if (start === undefined) continue;
    const mention = gnuNotice(words, start) ?? namedFrom(words, start);
    if (mention === undefined) continue;
    found.push({ expression: mention.expression, at });
    at = mention.end - 1;
  }
  return found;
}

interface Named {
  readonly expression: string;
  readonly end: number;
}

const filler: ReadonlySet<string> = new Set(
  "the a an terms and conditions of to either this following is are under by version license licenses same".split(" "),
);

/** Position of the first word that may belong to a name, after words that lead to one. */
function afterTrigger(words: readonly string[], at: number): number | undefined {
  const word = words[at];
  const next = words[at + 1];
  const leads =
    word === "under" ||
    (word === "by" && words[at - 1] === "governed") ||
    (word === "to" && words[at - 1] === "subject") ||
    (word === "of" && words[at - 1] === "terms") ||
    (word === "license" && (next === "is" || at === 0 || words[at - 1] === "spdx")) ||
    ((word === "licensed" || word === "license") && words[at + 2] === "license") ||
    (word === "dual" && next === "licensed");
  if (!leads) return undefined;
  let start = at + 1;
  while (start < at + 9 && filler.has(words[start] ?? "")) start++;
  // `version 3.01 of the PHP license`
  return start;
}

const longestName = 14;

/** The longest name that begins here. */
function namedFrom(words: readonly string[], start: number): Named | undefined {
  for (let length = Math.min(longestName, words.length - start); length > 0; length--) {
    const name = numbered(words.slice(start, start + length));
    const expression = plainName.test(name) ? undefined : expressionOfName(name);
    if (expression !== undefined) return { expression, end: start + length };
  }
  return undefined;
}

/** Words that are licences' names, and much else besides. */
const plainName =
  /^(?:fair|intel|nokia|jam|cube|python|ruby|perl|doc|gd|sl|json|info zip|x 11|clips|commercial|proprietary|vim|tcl|curl|xerox|multics|zed|boost)$/i;

/** `version 2 0` is `version 2.0`: the dots are no words. */
function numbered(words: readonly string[]): string {
  return words
    .join(" ")
    .replace(
      /(?<=^|\s)v?(\d{1,2})((?: \d{1,2})+)(?=\s|$)/g,
      (_, first: string, rest: string) => first + rest.replaceAll(" ", "."),
    );
}

const gnuFamilies: readonly (readonly [words: string, family: string, versions: readonly string[]])[] = [
  ["affero general public license", "AGPL", ["1.0", "3.0"]],
  ["lesser general public license", "LGPL", ["2.0", "2.1", "3.0"]],
  ["library general public license", "LGPL", ["2.0", "2.1"]],
  ["library or lesser general public license", "LGPL", ["2.0", "2.1"]],
  ["free documentation license", "GFDL", ["1.1", "1.2", "1.3"]],
  ["general public license", "GPL", ["1.0", "2.0", "3.0"]],
];

const noticeReach = 40;

/** `either version 2 of the License, or (at your option) any later version` stands some words after the name. */
function gnuNotice(words: readonly string[], start: number): Named | undefined {
  const from = words[start] === "gnu" ? start + 1 : start;
  const text = words.slice(from, from + noticeReach).join(" ");
  const family = gnuFamilies.find(([name]) => text.startsWith(name));
  if (family === undefined) return undefined;
  const rest = text.slice(family[0].length);
  const number = /\b(?:version|v)? ?v?(\d)(?: (\d))?\b/.exec(rest.slice(0, 160));
  const version = number ? `${number[1]}.${number[2] ?? "0"}` : undefined;
  const end = from + family[0].split(" ").length;
  if (version === undefined) return { expression: `${family[1]}-${family[2][0]}-or-later`, end };
  if (!family[2].includes(version)) return undefined;
  const later = /\b(?:any )?(?:later|newer|higher) version|\bor later\b/.exec(rest)?.index;
  const isLater = later !== undefined && later < 260;
  const exception = /\bclasspath exception\b/.test(words.slice(from, from + 120).join(" ")) && family[1] === "GPL";
  const id = `${family[1]}-${version}-${isLater ? "or-later" : "only"}`;
  return { expression: exception ? `${id} WITH Classpath-exception-2.0` : id, end: Math.min(words.length, end + 8) };
}
