/** What a reader of a repository's packs has before it: how many versions of files, and how few bytes tell them all. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { splicesOf, windowsOf } from "#flows/scan-history/carry-spans.ts";
import { openArena } from "#git/packs/arena.ts";
import { openByteRanges, readHeld } from "#git/packs/byte-ranges.ts";
import { deltaForest } from "#git/packs/delta-forest.ts";
import { openInflate } from "#git/packs/inflate-into.ts";
import { readEntries } from "#git/packs/read-entries.ts";
import { readIndex } from "#git/packs/read-index.ts";
import { type BuiltObject, walkFamily } from "#git/packs/walk-family.ts";

export interface PackFacts {
  /** Bytes of the packs. */
  readonly packed: number;
  readonly blobs: number;
  /** Of the blobs that are stored whole. */
  readonly roots: number;
  /** Bytes of all blobs, built. */
  readonly bytes: number;
  /** Bytes that inflating whatever is stored of blobs gives. */
  readonly inflated: number;
  /** Bytes of the blobs stored whole, and of the lines around changes in the others: 256 bytes before and 128 behind each. */
  readonly near: number;
}

const idLength = 20;
const around = { before: 256, after: 128 };

export async function packFacts(repository: string): Promise<PackFacts> {
  const folder = join(repository, "objects/pack");
  const facts = { packed: 0, blobs: 0, roots: 0, bytes: 0, inflated: 0, near: 0 };
  const [arena, inflate] = [openArena(), openInflate()];
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".pack"))) {
    const file = join(folder, name);
    const index = await readIndex(file.replace(/pack$/, "idx"), idLength);
    const held = await readHeld(file);
    const ranges = openByteRanges(file, held);
    const { offsets, headers, sizes, ...entries } = readEntries(ranges, index);
    const { children, siblings, roots } = deltaForest({ offsets, headers, sizes, ...entries }, () => true);
    const visitor = {
      visit({ entry, bytes, base }: BuiltObject<undefined>) {
        facts.blobs++;
        facts.bytes += bytes.length;
        facts.inflated += sizes[entry]!;
        const splices = base === undefined ? undefined : splicesOf(base.copies, bytes.length, base.size);
        const windows = splices === undefined ? [0, bytes.length] : windowsOf(splices, bytes.length, around);
        for (let at = 0; at < windows.length; at += 2) facts.near += windows[at + 1]! - windows[at]!;
        return undefined;
      },
      failed(entry: number) {
        throw new Error(`entry ${entry} of ${file} cannot be read`);
      },
    };
    const pack = { file, held, idLength, offsets, headers, sizes, children, siblings };
    for (const root of roots) walkFamily({ pack, ranges, arena, inflate }, root, visitor);
    facts.packed += statSync(file).size;
    facts.roots += roots.length;
    ranges.close();
  }
  return facts;
}
