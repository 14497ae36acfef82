/** Takes shares of a history until none is left: what one thread does. Verdicts go into shared memory, one by one. */
import { createHash } from "node:crypto";
import { openArena } from "#git/packs/arena.ts";
import { type ByteRanges, openByteRanges } from "#git/packs/byte-ranges.ts";
import { openInflate } from "#git/packs/inflate-into.ts";
import { PackDamage } from "#git/packs/pack-damage.ts";
import { readLoose } from "#git/packs/read-loose.ts";
import { type BuiltObject, type FamilyVisitor, walkFamily } from "#git/packs/walk-family.ts";
import { reportedScore } from "#scan/secrets/scoring/score.ts";
import { type HistoryWork, verdicts, type WorkPack } from "./history-work.ts";
import { type Carried, judgeObject } from "./judge-object.ts";
import { type Narrowed, narrowVersion } from "./narrow-version.ts";

export interface Worked {
  readonly objects: number;
  /** Of all objects, built. */
  readonly bytes: number;
  /** Of them, looked at. */
  readonly looked: number;
  readonly suspects: readonly JudgedSuspect[];
}

/** What is known of a suspect that need not be scanned whole. */
export interface JudgedSuspect {
  /** Number of the pack, and of the entry in it. */
  readonly pack: number;
  readonly entry: number;
  readonly narrowed: Narrowed;
}

interface Counts extends Record<"objects" | "bytes" | "looked", number> {
  readonly suspects: JudgedSuspect[];
  /** Bytes of the narrowed ones. */
  held: number;
}

/** Of more suspects than this holds, the others are read again whole. */
const mostHeld = 128 * 1024 * 1024;

export function workThrough(work: HistoryWork): Worked {
  const counts: Counts = { objects: 0, bytes: 0, looked: 0, suspects: [], held: 0 };
  const arena = openArena();
  const inflate = openInflate();
  const opened = new Map<number, ByteRanges>();
  try {
    for (;;) {
      const share = Atomics.add(work.next, 0, 1) * 3;
      if (share >= work.shares.length) return counts;
      const [index = 0, from = 0, to = 0] = work.shares.subarray(share, share + 3);
      if (index < 0) judgeLoose(work, from, to, counts);
      else {
        const pack = work.packs[index]!;
        const ranges = rangesOf(opened, index, pack);
        if (ranges === undefined) continue;
        const visitor = visitorOf(work, index, counts);
        for (let root = from; root < to; root++) {
          walkFamily({ pack, ranges, arena, inflate }, pack.roots[root]!, visitor);
        }
      }
    }
  } finally {
    for (const ranges of opened.values()) ranges.close();
  }
}

/** A pack that was there a moment ago may be gone: what it held is asked of git. */
function rangesOf(opened: Map<number, ByteRanges>, index: number, { file, held }: WorkPack): ByteRanges | undefined {
  const known = opened.get(index);
  if (known) return known;
  try {
    const ranges = openByteRanges(file, held);
    opened.set(index, ranges);
    return ranges;
  } catch {
    return undefined;
  }
}

function visitorOf({ packs, least, whole }: HistoryWork, number: number, counts: Counts): FamilyVisitor<Carried> {
  const pack = packs[number]!;
  return {
    failed(entry) {
      if (pack.wanted[entry] === 1) pack.verdicts[entry] = verdicts.unreadable;
    },
    visit(object) {
      const { entry, bytes } = object;
      // Judged in an earlier scan, or in another pack: only those built on it matter.
      if (pack.wanted[entry] === 0) return undefined;
      const { isSuspect, group, carried, places, looked } = judgeObject(whole ? { entry, bytes } : object, least);
      counts.objects++;
      counts.bytes += bytes.length;
      counts.looked += looked;
      const isChecked = entry % 100 === 0;
      if (isChecked && !isTrue(pack, object)) throw new PackDamage("an object with another id");
      pack.verdicts[entry] = isSuspect ? verdicts.suspect : verdicts.clean;
      if (!whole) pack.groups[entry] = group;
      // Below the usual score whatever looks random counts, wherever it stands.
      if (!whole && places !== undefined && (least ?? reportedScore) >= reportedScore && counts.held < mostHeld) {
        const narrowed = narrowVersion(bytes, places);
        counts.held += narrowed.bytes.length;
        counts.suspects.push({ pack: number, entry, narrowed });
      }
      return carried;
    },
  };
}

/** One object in a hundred is proved by its id: what we build is what git would. */
function isTrue({ ids, positions, idLength }: WorkPack, { entry, bytes }: BuiltObject<Carried>): boolean {
  const hash = createHash(idLength === 32 ? "sha256" : "sha1");
  const id = hash.update(`blob ${bytes.length}\0`).update(bytes).digest();
  const at = positions[entry]! * idLength;
  return id.equals(ids.subarray(at, at + idLength));
}

function judgeLoose({ loose, looseVerdicts, least }: HistoryWork, from: number, to: number, counts: Counts): void {
  for (let index = from; index < to; index++) {
    try {
      const bytes = readLoose(loose[index]!.file);
      if (bytes === undefined) {
        looseVerdicts[index] = verdicts.noBlob;
        continue;
      }
      const { isSuspect, looked } = judgeObject({ entry: index, bytes }, least);
      counts.objects++;
      counts.bytes += bytes.length;
      counts.looked += looked;
      looseVerdicts[index] = isSuspect ? verdicts.suspect : verdicts.clean;
    } catch (error) {
      if (!(error instanceof PackDamage)) throw error;
      looseVerdicts[index] = verdicts.unreadable;
    }
  }
}
