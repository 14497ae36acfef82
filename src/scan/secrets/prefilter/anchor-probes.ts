/**
 * What must stand around an anchor for its rule to have anything to read there, told from the rule's data: a few bytes
 * are compared with tables before anything else is done. It refuses no place that the rule would accept.
 */

import type { Anchor, Part, SecretRule } from "../rule/secret-rule.ts";
import { alphabetTable, isBase64, isOfBase64 } from "../text/alphabets.ts";
import { leastOf, mostOf } from "../text/part-lengths.ts";
import { isWordAt, joinedEnd } from "../text/provider-words.ts";
import { startsToken } from "../text/view.ts";

/** The byte that stands so far from the anchor's first must be in the table. */
interface Probe {
  readonly offset: number;
  readonly table: Uint8Array;
}

export interface AnchorProbes {
  /** The anchor's own bytes, where upper and lower case differ. */
  readonly exact: Buffer | undefined;
  readonly probes: readonly Probe[];
  /** How far before the anchor the token begins; undefined where that is not fixed. */
  readonly tokenAt: number | undefined;
  /** The anchor is a provider's word, which must stand as one. */
  readonly isWord: boolean;
  /** And an ordinary one, which stands only where a key's name goes on behind it. */
  readonly isJoined: boolean;
  /** What must come next, by the byte; behind white space unless some is among it. */
  readonly next: { readonly table: Uint8Array; readonly blanks: number } | undefined;
  /** So many characters of base64 in a row begin or end at the anchor, or hold it, at least. */
  readonly run: number;
}

const mostProbes = 8;
/** Refusals must lie at the hit, for histories (see `Proposal.looked`). */
const farthest = 60;
/** A line break and the indent of code within a call. */
const mostBlanks = 42;

export function probesOf(
  { shape }: SecretRule,
  { text, foldCase, at = 0, joined = false, next: signs }: Anchor,
): AnchorProbes {
  const exact = foldCase === true ? undefined : Buffer.from(text, "latin1");
  const next =
    signs === undefined
      ? undefined
      : { table: tableOf(Array.from(signs)), blanks: /[ \t\r\n]/.test(signs) ? 0 : mostBlanks };
  if (shape.is !== "token")
    return { exact, probes: [], tokenAt: undefined, isWord: shape.is === "named", isJoined: joined, next, run: 0 };
  const tokenAt = at === "back" || at > farthest ? undefined : at;
  // Not `-at`, which is a double where `at` is 0, and makes one of all offsets (whole-size.ts).
  const all = at === "back" ? probesFromBack(shape.parts, text) : probesFrom(0 - at, shape.parts);
  const around = all.filter(({ offset }) =>
    offset < 0 ? offset >= -farthest : offset >= text.length && offset < farthest,
  );
  const distance = ({ offset }: Probe) => (offset < 0 ? -offset : offset - text.length + 1);
  const nearest = around.toSorted((a, b) => distance(a) - distance(b)).slice(0, mostProbes);
  return { exact, probes: nearest, tokenAt, isWord: false, isJoined: false, next, run: longestRun(all, text) };
}

function longestRun(probes: readonly Probe[], text: string): number {
  const before = runLength(probes, -1, -1);
  const after = runLength(probes, text.length, 1);
  const isWithin = isBase64(text);
  return isWithin ? before + text.length + after : Math.max(before, after);
}

/** Probes stand in the order of their offsets, without gaps. */
function runLength(probes: readonly Probe[], from: number, step: 1 | -1): number {
  const first = probes.findIndex(({ offset }) => offset === from);
  let index = first;
  while (index >= 0 && index < probes.length && isOfBase64(probes[index]!.table)) index += step;
  return Math.abs(index - first);
}

/** The part before the anchor ends there only if it cannot go on into it. */
function probesFromBack([first, ...rest]: readonly Part[], text: string): readonly Probe[] {
  if (first === undefined || !("alphabet" in first)) return [];
  const table = alphabetTable(first.alphabet);
  if (table[text.charCodeAt(0)] === 1) return [];
  const least = Math.min(leastOf(first), farthest);
  return [...Array.from({ length: least }, (_, index) => ({ offset: index - least, table })), ...probesFrom(0, rest)];
}

/** Parts from the given offset on, up to the first whose length is not fixed, and no further than anything is asked of them. */
function probesFrom(from: number, parts: readonly Part[]): readonly Probe[] {
  const probes: Probe[] = [];
  let offset = from;
  for (const part of parts) {
    if ("optional" in part) break;
    if ("text" in part) {
      for (const character of part.text) probes.push({ offset: offset++, table: tableOf([character], part.foldCase) });
    } else if ("oneOf" in part) {
      const [length, ...others] = new Set(part.oneOf.map((text) => text.length));
      if (length === undefined || others.length > 0) break;
      for (let index = 0; index < length; index++) {
        probes.push({ offset: offset++, table: tableOf(part.oneOf.map((text) => text.charAt(index))) });
      }
    } else {
      const table = alphabetTable(part.alphabet);
      const least = leastOf(part);
      const asked = Math.min(least, 2 * farthest);
      for (let index = 0; index < asked; index++) probes.push({ offset: offset++, table });
      if (asked < least || least < mostOf(part)) break;
    }
  }
  return probes;
}

const tables = new Map<string, Uint8Array>();

function tableOf(characters: readonly string[], foldCase = false): Uint8Array {
  const key = `${foldCase ? 1 : 0}${characters.join("")}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = new Uint8Array(256);
  tables.set(key, table);
  for (const character of characters) {
    table[character.charCodeAt(0)] = 1;
    if (!foldCase) continue;
    table[character.toLowerCase().charCodeAt(0)] = 1;
    table[character.toUpperCase().charCodeAt(0)] = 1;
  }
  return table;
}

/** False if the rule has nothing to read at an anchor that begins here. */
export function mayStandAt(
  { exact, probes, tokenAt, isWord, isJoined, next }: AnchorProbes,
  bytes: Buffer,
  start: number,
  end: number,
): boolean {
  if (exact !== undefined) {
    for (let index = 0; index < exact.length; index++) if (bytes[start + index] !== exact[index]) return false;
  }
  if (isJoined) return joinedEnd(bytes, start, end) !== undefined;
  if (isWord) return isWordAt(bytes, start, end);
  if (next !== undefined) {
    let at = end;
    while (at < end + next.blanks && isBlank(bytes[at])) at++;
    if (next.table[bytes[at] ?? 0] !== 1) return false;
  }
  for (let index = 0; index < probes.length; index++) {
    const probe = probes[index]!;
    const at = start + probe.offset;
    if (at < 0 || at >= bytes.length || probe.table[bytes[at]!] !== 1) return false;
  }
  return tokenAt === undefined || (start >= tokenAt && startsToken(bytes, start - tokenAt));
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
