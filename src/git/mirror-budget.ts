/** Keeps all mirrors together within a number of bytes: the least recently used go first, those in use never. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { lockMirror } from "./lock-mirror.ts";
import { isUsed } from "./mirror-users.ts";
import { discard } from "./remove-mirror.ts";
import { sizeOf } from "./run-guarded.ts";

/** A file in each mirror; its time says when somebody last asked for it. */
export const usedMark = "sallyport-used";

export interface MirrorBudget {
  record(id: string, bytes: number): void;
  forget(id: string): void;
  /** Evicts until the budget holds, or nothing is left that may go. */
  keep(): Promise<void>;
}

interface Candidate {
  readonly id: string;
  readonly gitDir: string;
  readonly bytes: number;
  readonly usedAt: number;
}

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function createMirrorBudget(options: {
  readonly folder: string;
  readonly budgetBytes: number;
  readonly log: Logger;
}): MirrorBudget {
  const { folder, budgetBytes, log } = options;
  /** What this process knows; the disk is only looked at when that exceeds the budget. */
  let sizes: Map<string, number> | undefined;
  let keeping: Promise<void> | undefined;

  async function survey(): Promise<Candidate[]> {
    const found: Candidate[] = [];
    for (const name of await readdir(folder)) {
      if (isLeftover(name)) await rm(join(folder, name), { recursive: true, force: true });
      if (!name.endsWith(".git")) continue;
      const gitDir = join(folder, name);
      const used = await stat(join(gitDir, usedMark)).catch(() => undefined);
      found.push({ id: name.slice(0, -4), gitDir, bytes: await sizeOf(gitDir), usedAt: used?.mtimeMs ?? 0 });
    }
    return found.sort((a, b) => a.usedAt - b.usedAt);
  }

  async function evict(): Promise<void> {
    const candidates = await survey();
    sizes = new Map(candidates.map(({ id, bytes }) => [id, bytes]));
    let total = sum(sizes);
    for (const { id, gitDir, bytes } of candidates) {
      if (total <= budgetBytes) return;
      if (isUsed(gitDir) || !(await remove(id, gitDir))) continue;
      log.info({ repository: id, bytes }, "mirror evicted");
      sizes.delete(id);
      total -= bytes;
    }
    if (total > budgetBytes) log.warn({ bytes: total, budgetBytes }, "mirrors in use exceed their budget");
  }

  async function remove(id: string, gitDir: string): Promise<boolean> {
    // Somebody who fetches it right now needs it.
    const lock = await lockMirror(join(folder, `${id}.lock`), { patience: 0 }).catch(() => undefined);
    if (!lock) return false;
    try {
      if (isUsed(gitDir)) return false;
      await discard(gitDir);
      return true;
    } finally {
      await lock.release();
    }
  }

  return {
    record: (id, bytes) => void sizes?.set(id, bytes),
    forget: (id) => void sizes?.delete(id),
    async keep() {
      if (sizes && sum(sizes) <= budgetBytes) return;
      keeping ??= evict().finally(() => {
        keeping = undefined;
      });
      await keeping;
    },
  };
}

/** What a process that was killed while deleting has left. */
function isLeftover(name: string): boolean {
  return /\.git\.gone-[0-9a-f-]+$/.test(name);
}

function sum(sizes: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const bytes of sizes.values()) total += bytes;
  return total;
}
