/** Runs a scan between its two records: begun and ended. A scan that breaks is recorded with its reason, and broken on. */
import type { ScanId } from "#model/ids.ts";
import type { Repository } from "#model/repository.ts";
import type { Because, ScanTarget } from "#model/scan.ts";
import { notifyLive } from "#store/live.ts";
import { failScan, insertScan } from "#store/scans/scans.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { reasonOf } from "../jobs/reason-of.ts";
import { scannersVersion } from "./scanners-version.ts";

export interface BegunScan {
  readonly id: ScanId;
  readonly started: Date;
  /** Tells open consoles, four times a second at most. */
  readonly onProgress: (done: number, total: number) => void;
}

const progressMilliseconds = 250;

export async function recordedScan(
  app: App,
  about: {
    readonly repository: Pick<Repository, "id" | "instanceId">;
    readonly target: ScanTarget;
    readonly commit: string;
    readonly because: Because;
  },
  run: (scan: BegunScan) => Promise<void>,
): Promise<void> {
  const { id: repositoryId, instanceId } = about.repository;
  const started = app.now();
  const versions = {
    scannersVersion: await scannersVersion(app),
    knowledgeVersion: app.knowledge.status().version,
  };
  const id = await inTransaction(app.db, async (tx) => {
    const scanId = await insertScan(tx, { ...about, instanceId, repositoryId, started, versions });
    await notifyLive(tx, { is: "scan-changed", scanId, instanceId, repositoryId });
    return scanId;
  });
  const onProgress = createProgress(app, { scanId: id, instanceId, repositoryId });
  try {
    await run({ id, started, onProgress });
  } catch (error) {
    await failScan(app.db, id, reasonOf(error), app.now());
    await notifyLive(app.db, { is: "scan-changed", scanId: id, instanceId, repositoryId });
    throw error;
  }
}

/** Progress is a courtesy: one that cannot be told is dropped, and the scan goes on. */
function createProgress(
  app: App,
  about: Pick<
    Parameters<typeof notifyLive>[1] & { readonly is: "scan-progress" },
    "scanId" | "instanceId" | "repositoryId"
  >,
): BegunScan["onProgress"] {
  let toldAt = app.now().getTime();
  return (done, total) => {
    const now = app.now().getTime();
    if (now - toldAt < progressMilliseconds) return;
    toldAt = now;
    notifyLive(app.db, { is: "scan-progress", ...about, done, total }).catch((error: unknown) => {
      app.log.debug({ err: error, scanId: about.scanId }, "progress not told");
    });
  };
}
