/** Findings that a pull request brings in: not in the files and units it changes as they were, not known on its target. */
import type { Mirror } from "#git/mirror.ts";
import { compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import { knownFingerprints } from "#store/issues.ts";
import type { App } from "../app.ts";
import type { BegunScan } from "../recorded-scan.ts";
import type { FilesResult } from "../scan-blobs.ts";
import { scanBothSides } from "../scan-tree/scan-tree.ts";
import type { CommitPair } from "./find-range.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export interface Introduced {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly result: FilesResult;
}

export async function findIntroduced(
  app: App,
  about: {
    readonly current: CurrentPullRequest;
    readonly mirror: Mirror;
    readonly range: CommitPair;
    readonly scan: BegunScan;
    readonly signal: AbortSignal;
  },
): Promise<Introduced> {
  const { current, mirror, range, scan, signal } = about;
  const changes = await mirror.diffTrees(range.from, range.to);
  const tree = { instanceId: current.repository.instanceId, mirror, signal, onProgress: scan.onProgress };
  const { before, after } = await scanBothSides(app, tree, { head: range.to, changes });
  const known = [...before.findings.map(({ fingerprint }) => fingerprint), ...(await knownOnTarget(app, current))];
  const files = changes.filter(({ objectId }) => objectId !== undefined).length;
  return { findings: compareFindings(known, after.findings).appeared, files, result: after };
}

/** Only the default branch is watched, so only of it is anything known. */
async function knownOnTarget(app: App, { repository, pullRequest }: CurrentPullRequest): Promise<Iterable<string>> {
  if (pullRequest.targetRef !== repository.defaultBranch) return [];
  return knownFingerprints(app.db, repository.id, pullRequest.targetRef);
}
