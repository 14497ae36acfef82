/** Counts groups of three characters as the prefilter of secrets finds them, and packs how rare they are into four bits. */
import { deflateRawSync } from "node:zlib";
import { groupAt, groupBits, groupStep, hashes, hashOf } from "../../src/scan/secrets/prefilter/group-rarity.ts";
import type { SourcePackage } from "./packages.ts";

/** By their hashes, two entries to a byte; deflated, in base64. */
export function groupTable(packages: readonly SourcePackage[]): string {
  const counts = new Float64Array(hashes);
  let total = 0;
  for (const { files } of packages) {
    for (const { text } of files) {
      const bytes = Buffer.from(text);
      for (let at = 0; at + 3 <= bytes.length; at++) counts[hashOf(groupAt(bytes, at))]!++;
      total += bytes.length;
    }
  }
  const packed = Buffer.alloc(hashes / 2);
  counts.forEach((count, hash) => {
    const bits = -Math.log2((count + 1) / total);
    packed[hash >> 1]! |= Math.max(0, Math.min(15, Math.round((bits - groupBits) / groupStep))) << ((hash & 1) * 4);
  });
  return deflateRawSync(packed, { level: 9 }).toString("base64");
}
