/** Decides what a scan must read: nothing, what changed since the last scan, or everything. */
import type { Mirror } from "#git/mirror.ts";
import type { Because } from "#model/scan.ts";
import type { ScannableRepository } from "../find-scannable-repository.ts";
import type { FileToScan } from "../scan-blobs.ts";
import { scannersVersion } from "./scanners-version.ts";

export type ScanPlan =
  | { readonly is: "nothing-new" }
  | {
      readonly is: "scan";
      readonly ref: string;
      readonly head: string;
      readonly files: readonly FileToScan[];
      /** Paths whose earlier findings this scan replaces. */
      readonly replaced: "all" | readonly string[];
      /** The branch that was scanned before the default branch became another one. */
      readonly formerRef?: string;
    };

/** A symbolic link holds a path, not content. */
const symbolicLink = "120000";

export async function planScan(
  mirror: Pick<Mirror, "resolve" | "diffTrees" | "listTree">,
  repository: ScannableRepository,
  because: Because,
): Promise<ScanPlan> {
  const ref = repository.defaultBranch;
  const head = await mirror.resolve(ref);
  if (!head) return { is: "nothing-new" };
  const { scannedRef } = repository;
  const isComparable =
    scannedRef === ref && repository.scannersVersion === scannersVersion() && because.is !== "person";
  const from = isComparable ? repository.scannedCommit : undefined;
  if (from === head) return { is: "nothing-new" };
  if (from !== undefined && (await mirror.resolve(from))) {
    return { is: "scan", ref, head, ...(await changesSince(mirror, from, head)) };
  }
  const formerRef = scannedRef !== undefined && scannedRef !== ref ? { formerRef: scannedRef } : {};
  const files = (await mirror.listTree(head)).filter(({ mode }) => mode !== symbolicLink);
  return { is: "scan", ref, head, files, replaced: "all", ...formerRef };
}

async function changesSince(mirror: Pick<Mirror, "diffTrees">, from: string, to: string) {
  const changes = await mirror.diffTrees(from, to);
  const files = changes.flatMap(({ path, objectId, mode }) =>
    objectId === undefined || mode === symbolicLink ? [] : [{ path, objectId }],
  );
  const replaced = changes.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath]));
  return { files, replaced };
}
