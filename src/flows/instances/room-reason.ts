/**
 * No room left on a disk: nothing can be written then, also not that nothing can. So it is found out whenever somebody looks:
 * by what is free where the data folder lies, and by what the jobs of this process ran into lately.
 */
import { statfs } from "node:fs/promises";
import { fullDisk } from "#model/full-disk.ts";
import type { StateReason } from "#model/instance.ts";
import type { InstanceOverview } from "#store/instances/instances.ts";
import type { App } from "../app.ts";
import { stateOf } from "./instance-reasons.ts";

type Looker = Pick<App, "db" | "knowledge" | "now">;
type Disk = NonNullable<ReturnType<typeof fullDisk>>;

const megabyte = 1024 ** 2;
/** A clone, and what PostgreSQL writes ahead, take this much at once. */
const leastFree = 256 * megabyte;
/** Jobs are tried again sooner. */
const rememberedMilliseconds = 15 * 60_000;

const seen = new WeakMap<App["db"], ReadonlyMap<Disk, Date>>();

export function noteFullDisk({ db, now }: Pick<App, "db" | "now">, error: unknown): void {
  const disk = fullDisk(error);
  if (disk) seen.set(db, new Map([...(seen.get(db) ?? []), [disk, now()]]));
}

export async function roomReason(app: Looker, freeBytes = freeIn): Promise<StateReason | undefined> {
  const now = app.now();
  const said = { code: "no-room", level: "error", since: now.toISOString() } as const;
  const isRecent = (disk: Disk) =>
    now.getTime() - (seen.get(app.db)?.get(disk)?.getTime() ?? 0) < rememberedMilliseconds;
  const affects = "Nothing is scanned, told or decided any more; what waits is done when there is room again.";
  if (isRecent("database")) {
    const remedy = "Free some space on the database's disk, or give it a larger one; then it goes on by itself.";
    return { ...said, cause: "No room is left on the disk of the database.", affects, remedy };
  }
  const free = await freeBytes(app.knowledge.folder).catch(() => undefined);
  if (!isRecent("data folder") && (free === undefined || free >= leastFree)) return undefined;
  const left = free === undefined ? "" : ` (${Math.floor(free / megabyte)} MB)`;
  const remedy =
    "Free some space there, or give it a larger disk (mirrors take 50 GB of it at most); then it goes on by itself.";
  return { ...said, cause: `Hardly any room is left on the disk of the data folder${left}.`, affects, remedy };
}

export function withReason(instance: InstanceOverview, added: StateReason | undefined): InstanceOverview {
  if (!added || instance.state === "disabled") return instance;
  const reasons = [added, ...instance.reasons];
  return { ...instance, reasons, state: stateOf(reasons, true) };
}

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
