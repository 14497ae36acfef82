/** Compares heads of default branches with what was scanned, writes down what was seen, and asks for the scans that are missing. */
import { getBranchHead } from "#azure-devops/refs.ts";
import type { StateReason } from "#model/instance.ts";
import type { Repository } from "#model/repository.ts";
import type { Because } from "#model/scan.ts";
import { type SeenHead, setHeads } from "#store/instances/repository-heads.ts";
import type { App } from "../app.ts";
import { inLanes } from "../in-lanes.ts";
import { askForRepositoryScans } from "../jobs/ask.ts";
import { isScannedWith, scannersVersion } from "../scan-repository/scanners-version.ts";
import { ifReadable } from "./if-readable.ts";
import type { SyncContext } from "./sync-context.ts";

const callsAtOnce = 6;
/** What was seen is written down after so many: a sync that is cut off begins again after them. */
const headsPerWrite = 60;

interface Look {
  readonly because: Because;
  /** These are looked at, however many there are. */
  isUrgent(repository: Repository): boolean;
  /** Of the others those that nobody looked at since then, and at most so many. */
  readonly dueBefore: Date;
  readonly most: number;
}

export async function lookAtHeads(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
  look: Look,
): Promise<readonly StateReason[]> {
  const chosen = choose(repositories, look, app.now());
  const reasons: StateReason[] = [];
  for (let start = 0; start < chosen.length; start += headsPerWrite) {
    reasons.push(...(await lookAtSome(app, context, chosen.slice(start, start + headsPerWrite), look.because)));
  }
  const version = await scannersVersion(app);
  const now = app.now();
  // Known to be unscanned without a call; a job of theirs may have been given up.
  const looked = new Set(chosen);
  const left = repositories.filter(
    (one) => !looked.has(one) && !isScanned(one, one.headCommit ?? one.scannedCommit, { version, now }),
  );
  await askForRepositoryScans(app, app.db, left, look.because);
  return reasons;
}

function choose(repositories: readonly Repository[], look: Look, now: Date): readonly Repository[] {
  const { dueBefore, most } = look;
  const urgent = repositories.filter((one) => look.isUrgent(one));
  const age = ({ headCheckedAt }: Repository) => headCheckedAt?.getTime() ?? 0;
  // A look that lies ahead was noted before the clock was put back.
  const isDue = (one: Repository) => age(one) < dueBefore.getTime() || age(one) > now.getTime();
  const due = repositories.filter((one) => isDue(one) && !look.isUrgent(one));
  return [...urgent, ...due.toSorted((a, b) => age(a) - age(b)).slice(0, most)];
}

async function lookAtSome(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
  because: Because,
): Promise<readonly StateReason[]> {
  // Before the calls: a scan that reads a newer head meanwhile knows better.
  const at = app.now();
  const seen: SeenHead[] = [];
  const unscanned: Repository[] = [];
  const version = await scannersVersion(app);
  const reasons = await inLanes(repositories, callsAtOnce, (repository) =>
    ifReadable(app, context, `The repository ${repository.name}`, async () => {
      const commit = await getBranchHead(context.client, repository.id, repository.defaultBranch ?? "");
      seen.push({ id: repository.id, commit });
      if (commit && !isScanned(repository, commit, { version, now: at })) unscanned.push(repository);
    }),
  );
  await setHeads(app.db, seen, at);
  await askForRepositoryScans(app, app.db, unscanned, because);
  return reasons.flatMap((reason) => reason ?? []);
}

function isScanned(
  repository: Repository,
  head: string | undefined,
  { version, now }: { readonly version: string; readonly now: Date },
): boolean {
  const { scannedCommit, scannedRef, defaultBranch } = repository;
  return scannedCommit === head && scannedRef === defaultBranch && isScannedWith(repository, version, now);
}
