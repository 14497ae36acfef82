/** Findings that a pull request brings in: not in the old versions of the files it changes, not known on its target. */
import type { Mirror, TreeChange } from "#git/mirror.ts";
import { compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import { knownFingerprints } from "#store/issues.ts";
import type { App } from "../app.ts";
import type { BegunScan } from "../recorded-scan.ts";
import { type FilesResult, type FileToScan, scanBlobs } from "../scan-blobs.ts";
import type { CommitPair } from "./find-range.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export interface Introduced {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly result: FilesResult;
}

const symbolicLink = "120000";

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
  const changes = (await mirror.diffTrees(range.from, range.to)).filter(({ mode }) => mode !== symbolicLink);
  const common = { instanceId: current.repository.instanceId, mirror, signal };
  const files = changes.flatMap(newVersion);
  const result = await scanBlobs(app, { ...common, files, onProgress: scan.onProgress });
  const before = await scanBlobs(app, { ...common, files: changes.flatMap(oldVersion) });
  const known = [...before.findings.map(({ fingerprint }) => fingerprint), ...(await knownOnTarget(app, current))];
  return { findings: compareFindings(known, result.findings).appeared, files: files.length, result };
}

function newVersion({ path, objectId }: TreeChange): readonly FileToScan[] {
  return objectId === undefined ? [] : [{ path, objectId }];
}

function oldVersion({ path, oldPath, oldObjectId }: TreeChange): readonly FileToScan[] {
  return oldObjectId === undefined ? [] : [{ path: oldPath ?? path, objectId: oldObjectId }];
}

/** Only the default branch is watched, so only of it is anything known. */
async function knownOnTarget(app: App, { repository, pullRequest }: CurrentPullRequest): Promise<Iterable<string>> {
  if (pullRequest.targetRef !== repository.defaultBranch) return [];
  return knownFingerprints(app.db, repository.id, pullRequest.targetRef);
}
