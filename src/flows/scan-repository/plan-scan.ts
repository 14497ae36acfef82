/** Decides what a scan must read: nothing, what changed since the last scan, or everything. */
import type { Mirror, TreeChange } from "#git/mirror.ts";
import type { Because } from "#model/scan.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";
import { decidesForOthers, type RepositorySettings } from "../scan-settings/read-scan-settings.ts";
import type { FileToScan } from "../scan-tree/scan-blobs.ts";
import { isScannedWith } from "./scanners-version.ts";

export type ScanPlan =
  | { readonly is: "nothing-new" }
  | ({ readonly ref: string; readonly head: string } & (
      | {
          readonly is: "whole";
          readonly files: readonly FileToScan[];
          /** The branch that was scanned before the default branch became another one. */
          readonly formerRef?: string;
          /** Since its last scan, if there was one. */
          readonly changed?: readonly TreeChange[];
        }
      /** Since the last scan; `again`: what could not be examined then, and stands as it was. */
      | {
          readonly is: "changes";
          readonly changes: readonly TreeChange[];
          readonly again: readonly FileToScan[];
          /** Paths of `again`, and those that are no more. */
          readonly tried: ReadonlySet<string>;
        }
    ));

export interface PlanFacts {
  readonly because: Because;
  /** Of the scanners. */
  readonly version: string;
  /** What the head says about its scans. */
  readonly settings: RepositorySettings;
  readonly now: Date;
  /** Paths that could not be examined by chance, and are tried again now. */
  readonly again: ReadonlySet<string>;
}

export async function planScan(
  mirror: Pick<Mirror, "resolve" | "diffTrees" | "listTree">,
  repository: ScannableRepository,
  { because, version, settings, now, again }: PlanFacts,
): Promise<ScanPlan> {
  const ref = repository.defaultBranch;
  const head = await mirror.resolve(ref);
  if (!head) return { is: "nothing-new" };
  const { scannedRef } = repository;
  const isComparable = scannedRef === ref && isScannedWith(repository, version, now) && because.is !== "person";
  const from = isComparable ? repository.scannedCommit : undefined;
  if (from === head && again.size === 0) return { is: "nothing-new" };
  if (from !== undefined && (await mirror.resolve(from))) {
    const changes = await mirror.diffTrees(from, head);
    // Other settings, or other rules for secrets, see every file differently.
    const decides = (path: string) => decidesForOthers(path, settings);
    if (!changes.some(({ path, oldPath = path }) => decides(path) || decides(oldPath)))
      return { is: "changes", ref, head, changes, again: await filesAgain(mirror, head, again), tried: again };
  }
  const formerRef = scannedRef !== undefined && scannedRef !== ref ? { formerRef: scannedRef } : {};
  const files = (await mirror.listTree(head)).filter((entry) => !isSymbolicLink(entry));
  const changed = await changesSince(mirror, repository, head);
  return { is: "whole", ref, head, files, ...formerRef, ...(changed && { changed }) };
}

async function filesAgain(
  mirror: Pick<Mirror, "listTree">,
  head: string,
  again: ReadonlySet<string>,
): Promise<readonly FileToScan[]> {
  if (again.size === 0) return [];
  return (await mirror.listTree(head)).filter((entry) => again.has(entry.path) && !isSymbolicLink(entry));
}

/** Undefined if the branch was never looked at, or its last commit is gone. */
async function changesSince(
  mirror: Pick<Mirror, "resolve" | "diffTrees">,
  { scannedRef, scannedCommit, defaultBranch }: ScannableRepository,
  head: string,
): Promise<readonly TreeChange[] | undefined> {
  if (scannedRef !== defaultBranch || scannedCommit === undefined) return undefined;
  return (await mirror.resolve(scannedCommit)) ? mirror.diffTrees(scannedCommit, head) : undefined;
}
