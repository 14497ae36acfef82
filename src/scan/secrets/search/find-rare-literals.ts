/**
 * Finds quoted literals that look like nothing but chance, whatever they are called: too many things do (hashes, ids,
 * keys of tables), so it is done only for those who ask for lower scores, and costs nobody else anything.
 */

import { noSecretReason } from "../judgement/value-refusals.ts";
import { surely } from "../paths/path-facts.ts";
import { rules } from "../rules/generic/rare-literal.ts";
import { rarity } from "../scoring/rarity.ts";
import { alphabetTable } from "../text/alphabets.ts";
import type { View } from "../text/view.ts";
import type { RuleCandidate } from "./find-hits.ts";
import { findRuns } from "./find-runs.ts";

const length = { least: 20, most: 256 };

/** Bits per character: random base62 has about 8.8, hexadecimal 6, identifiers and prose 2 to 4. */
const rare = 5.5;
const mostFound = 2000;

export function findRareLiterals(view: View): readonly RuleCandidate[] {
  const [rule] = rules;
  if (rule === undefined || surely(view.facts, "data")) return [];
  const { bytes } = view;
  const found: RuleCandidate[] = [];
  findRuns(bytes, alphabetTable("percent"), length, { from: 0, to: bytes.length }, (start, end) => {
    if (found.length >= mostFound || end - start > length.most) return;
    const quote = bytes[start - 1];
    if (quote !== bytes[end] || !(quote === 0x22 || quote === 0x27 || quote === 0x60)) return;
    const value = bytes.toString("latin1", start, end);
    if (isCommon(value) || rarity(value) < rare || noSecretReason(value) !== undefined) return;
    found.push({ rule, start, end });
  });
  return found;
}

/** Without letters and digits both, or in hexadecimal, as hashes and identifiers are; a path; the hash of a package. */
function isCommon(value: string): boolean {
  return (
    !/\d/.test(value) ||
    !/[A-Za-z]/.test(value) ||
    /^[0-9a-f-]+$/i.test(value) ||
    /^\.{0,2}\/|^(sha\d{3}|h1|md5)[-:]/.test(value)
  );
}
