/** Reads how a notice names one of the GNU licences: the version stands before or after the name, "or later" some words on. */

export interface NamedInWords {
  readonly expression: string;
  /** Position after the last word that belongs to it. */
  readonly end: number;
}

const families: readonly (readonly [name: string, family: string, versions: readonly string[]])[] = [
  ["affero general public license", "AGPL", ["1.0", "3.0"]],
  ["lesser general public license", "LGPL", ["2.0", "2.1", "3.0"]],
  ["library general public license", "LGPL", ["2.0", "2.1"]],
  ["library or lesser general public license", "LGPL", ["2.0", "2.1"]],
  ["lesser or library general public license", "LGPL", ["2.0", "2.1"]],
  ["free documentation license", "GFDL", ["1.1", "1.2", "1.3"]],
  ["general public license", "GPL", ["1.0", "2.0", "3.0"]],
];

const reach = 60;
const before = / versions? (\d)(?: (\d))? of the(?: gnu)?$/;
/** At once, or in the sentence that says who published it. */
const after =
  /^ ?(?:as published by(?: \w+){0,12}? )?(?:(?:under|in|either|only|the terms of)\s)*(?:version |v ?)?v?(\d)(?: (\d))?\b|^[^\d]{0,90}?\bversions? (\d)(?: (\d))?\b/;
const later = /\b(?:any|a) (?:later|newer|higher)\b|\bor (?:later|newer|above|higher)\b/;

/** `at` is the position of the first word of the name, `gnu` or what follows it. Without a version all versions are meant. */
export function gnuNotice(words: readonly string[], at: number): NamedInWords | undefined {
  const from = words[at] === "gnu" ? at + 1 : at;
  const text = words.slice(from, from + reach).join(" ");
  const found = families.find(([name]) => text.startsWith(name));
  if (found === undefined) return undefined;
  const [name, family, versions] = found;
  const rest = text.slice(name.length);
  const end = from + name.split(" ").length;
  const number = before.exec(` ${words.slice(Math.max(0, from - 7), from).join(" ")}`) ?? after.exec(rest);
  if (!number) return { expression: `${family}-${versions[0]}-or-later`, end };
  const version = `${number[1] ?? number[3]}.${number[2] ?? number[4] ?? "0"}`;
  if (!versions.includes(version)) return undefined;
  const isLater = (later.exec(rest)?.index ?? longestNotice) < longestNotice;
  const id = `${family}-${version}-${isLater ? "or-later" : "only"}`;
  const hasException = family === "GPL" && /\bclasspath exception\b/.test(words.slice(from, from + 120).join(" "));
  return { expression: hasException ? `${id} WITH Classpath-exception-2.0` : id, end };
}

const longestNotice = 170;
