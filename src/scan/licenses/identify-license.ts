/** Says under which licences a text is: by SPDX's tags, by whole licence texts, by the notices that name a licence. */
import { findMentions } from "./find-mentions.ts";
import { findTexts } from "./find-texts.ts";
import { type LicenseExpression, writeExpression } from "./license-expression.ts";
import { expressionOfAddress } from "./license-names.ts";
import type { LicenseTexts } from "./license-texts.ts";
import { licenseWords } from "./license-words.ts";
import { parseExpression } from "./parse-expression.ts";
import { presentId } from "./spdx-ids.ts";

export interface IdentifiedLicense {
  /** An SPDX id, with its exception if it has one. */
  readonly id: string;
  /** 0 to 1; 1 for tags, and for texts that are the licence's word by word. */
  readonly confidence: number;
  readonly from: "tag" | "text" | "header";
  /** Other ids whose text is the very same: `or later` is said elsewhere. */
  readonly alike?: readonly string[];
}

export interface Identification {
  /** Each once, in the order of the text, tags first. */
  readonly licenses: readonly IdentifiedLicense[];
  readonly hasCopyright: boolean;
  /** False if there is nothing but who holds the copyright. */
  readonly hasText: boolean;
}

export function identifyLicenses(text: string, texts: LicenseTexts): Identification {
  const { words, hasCopyright } = licenseWords(text);
  const found = new Map<string, IdentifiedLicense>();
  const add = (license: IdentifiedLicense) => {
    if (!found.has(license.id)) found.set(license.id, license);
  };
  for (const id of taggedIds(text)) add({ id, confidence: 1, from: "tag" });
  const whole = findTexts(words, texts).filter((one) => one.likeness > 0.99 || !saysModified(words, one.start));
  for (const { text: number, likeness } of whole) {
    const [first = "", ...others] = texts.ids[number] ?? [];
    const alike = others.map(presentId).filter((id) => id !== presentId(first));
    const confidence = Math.round(likeness * 1000) / 1000;
    add({ id: presentId(first), confidence, from: "text", ...(alike.length > 0 && { alike: [...new Set(alike)] }) });
  }
  const mentioned = findMentions(words)
    .filter(({ at }) => !whole.some(({ start, end }) => at >= start && at < end))
    .flatMap(({ expression }) => idsOf(parseExpression(expression)));
  const named = found.size + mentioned.length > 0 ? mentioned : addressedIds(text);
  for (const id of named) if (!isSaidBetter(id, [...named, ...found.keys()])) addMention(found, id);
  return { licenses: [...found.values()], hasCopyright, hasText: words.length > 0 };
}

/** `Modified Apache 2.0 License`: what says of itself that it is another licence is one, but for BSD's that is called so. */
function saysModified(words: readonly string[], start: number): boolean {
  const title = words.slice(Math.max(0, start - 10), start + 6);
  const at = title.indexOf("modified");
  return at >= 0 && title[at + 1] !== "bsd" && title.slice(at + 1, at + 5).includes("license");
}

/** `See the GPL for details` after `GPL version 2 or later`, `version 2` after `version 2 with the exception`. */
function isSaidBetter(id: string, all: readonly string[]): boolean {
  const [plain = id, exception] = id.split(" WITH ");
  if (exception !== undefined) return false;
  const gnu = /^([AL]?GPL|GFDL)-(\d\.\d)-(only|or-later)$/.exec(plain);
  const isAny =
    gnu?.[3] === "or-later" && (gnu[2] === "1.0" || gnu[0] === "LGPL-2.0-or-later" || gnu[0] === "GFDL-1.1-or-later");
  return all.some((other) => {
    if (other === id) return false;
    if (other.startsWith(`${plain} WITH `)) return true;
    if (id === "LicenseRef-scancode-public-domain") return other === "Unlicense" || other === "CC0-1.0";
    if (!gnu || !other.startsWith(`${gnu[1]}-`)) return false;
    return isAny || (gnu[3] === "only" && other.startsWith(`${gnu[1]}-${gnu[2]}-or-later`));
  });
}

/** A notice that says no more than a text that is there says nothing; one that says "or later" makes it that. */
function addMention(found: Map<string, IdentifiedLicense>, id: string): void {
  for (const [key, license] of found) {
    if (key === id) return;
    if (license.from !== "text" || license.alike?.includes(id) !== true) continue;
    found.delete(key);
    const alike = [license.id, ...license.alike].filter((one) => one !== id);
    found.set(id, { ...license, id, alike });
    return;
  }
  found.set(id, { id, confidence: 0.9, from: "header" });
}

const mostAddresses = 50;

/** Where no licence is named in words, the address of one may stand. */
function addressedIds(text: string): readonly string[] {
  let left = mostAddresses;
  for (const [address] of text.slice(0, longestHead).matchAll(/https?:\/\/[^\s<>()"'`]{4,200}/gi)) {
    const expression = left-- > 0 ? expressionOfAddress(address.replace(/[.,;:]+$/, "")) : undefined;
    const ids = expression === undefined ? [] : idsOf(parseExpression(expression));
    if (ids.length > 0) return ids;
  }
  return [];
}

const longestHead = 20_000;

const mostTags = 100;
const tag = /SPDX-License-Identifier:[ \t]*([^\r\n]{1,300})/gi;

function taggedIds(text: string): readonly string[] {
  const ids: string[] = [];
  for (const [, rest = ""] of text.matchAll(tag)) {
    if (ids.length >= mostTags) break;
    const expression = rest.replace(/(?:\*+\/|-->|\*\)|["'`;,\\]|<\/|\s#|\s\/\/).*$/, "").trim();
    ids.push(...idsOf(parseExpression(expression)));
  }
  return ids;
}

function idsOf(expression: LicenseExpression): readonly string[] {
  if (expression.is === "unknown") return [];
  return expression.is === "license" ? [writeExpression(expression)] : expression.parts.flatMap(idsOf);
}
