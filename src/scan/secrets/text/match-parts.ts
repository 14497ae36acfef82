import type { Part } from "../rule/secret-rule.ts";
import { alphabetTable } from "./alphabets.ts";
import { leastOf, mostOf } from "./part-lengths.ts";
import { isIn } from "./view.ts";

/** Offsets of the parts of a match: part i is [bounds[i], bounds[i + 1]). */
export type Bounds = readonly number[];

/**
 * Reads the parts one after the other from `start`, each as far as it goes; undefined if one does not fit.
 * Nothing is tried twice, so the cost is the length of the match.
 */
export function matchParts(bytes: Buffer, start: number, parts: readonly Part[]): Bounds | undefined {
  const bounds = [start];
  let at = start;
  for (const part of parts) {
    const end = partEnd(bytes, at, part);
    if (end === undefined) return undefined;
    bounds.push(end);
    at = end;
  }
  const last = parts.at(-1);
  const table = alphabetTable(last !== undefined && "alphabet" in last ? last.alphabet : "word");
  const after = bytes[at];
  return isIn(table, after) || isIn(alphabetTable("base62"), after) ? undefined : bounds;
}

function partEnd(bytes: Buffer, at: number, part: Part): number | undefined {
  if ("text" in part) return textAt(bytes, at, part.text, part.foldCase === true) ? at + part.text.length : undefined;
  if ("oneOf" in part) {
    const found = part.oneOf.find((text) => textAt(bytes, at, text, false));
    return found === undefined ? undefined : at + found.length;
  }
  if ("optional" in part) {
    let end: number | undefined = at;
    for (const inner of part.optional) if (end !== undefined) end = partEnd(bytes, end, inner);
    return end ?? at;
  }
  const table = alphabetTable(part.alphabet);
  const limit = Math.min(bytes.length, at + mostOf(part));
  let end = at;
  while (end < limit && table[bytes[end]!] === 1) end++;
  return end - at < leastOf(part) ? undefined : end;
}

export function textAt(bytes: Buffer, at: number, text: string, foldCase: boolean): boolean {
  if (at < 0 || at + text.length > bytes.length) return false;
  for (let index = 0; index < text.length; index++) {
    const byte = bytes[at + index]!;
    const wanted = text.charCodeAt(index);
    if (byte !== wanted && !(foldCase && fold(byte) === fold(wanted))) return false;
  }
  return true;
}

function fold(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}
