/** Brings the two lists about exploits up to date: EPSS scores and CISA's catalogue, one file each. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readKnownExploited } from "../exploits/known-exploited.ts";
import { buildLikelihoodFile } from "../exploits/likelihood-file.ts";
import type { SourceParts } from "./source-parts.ts";

const limits = { packed: 128 * 1024 ** 2, unpacked: 1024 ** 3, catalogue: 128 * 1024 ** 2 };

export const likelihoodPart = "scores.csv";
export const exploitedPart = "catalogue.json";

export async function fetchLikelihood(parts: SourceParts): Promise<void> {
  if ((await parts.fetch("", { as: likelihoodPart, limit: limits.packed })) === "missing") throw missing(parts);
}

export async function fetchExploited(parts: SourceParts): Promise<void> {
  if ((await parts.fetch("", { as: exploitedPart, limit: limits.catalogue })) === "missing") throw missing(parts);
}

/** The list comes packed, and from some mirrors plain. */
export function makeLikelihood(path: string): Buffer {
  const bytes = readFileSync(path);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = isPacked ? gunzipSync(bytes, { maxOutputLength: limits.unpacked }) : bytes;
  // Digits and commas: every byte is a letter.
  return buildLikelihoodFile(text.toString("latin1"));
}

export function makeExploited(path: string): Buffer {
  return Buffer.from(JSON.stringify(readKnownExploited(readFileSync(path, "utf8"))));
}

function missing({ source }: SourceParts): Error {
  return new Error(`there is nothing at ${source.from.is === "folder" ? source.from.folder : source.from.address}`);
}
