/** Findings that a pull request brings in: not in the files and units it changes as they were, not known on its target. */
import type { Mirror } from "#git/mirror.ts";
import { compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import { followRenames, type Renames } from "#model/follow-renames.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { knownFingerprints, silencedFingerprints } from "#store/known-fingerprints.ts";
import type { App } from "../app.ts";
import { judgeDifference } from "../packages/judge-tree.ts";
import { readSecretRules } from "../read-secret-rules.ts";
import type { BegunScan } from "../recorded-scan.ts";
import type { FilesResult } from "../scan-blobs.ts";
import { exactRenames } from "../scan-tree/exact-renames.ts";
import { scanBothSides } from "../scan-tree/scan-tree.ts";
import type { CommitPair } from "./find-range.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export interface Introduced {
  readonly findings: readonly Finding[];
  /** Problems, new or old, that the pull request silences in the code, and that were not silenced before it. */
  readonly silenced: readonly SilencedFinding[];
  readonly files: number;
  readonly result: FilesResult;
}

export interface Comparable {
  readonly repository: CurrentPullRequest["repository"];
  /** What is known on the default branch is nothing new to it; any other ref: nothing is known of it. */
  readonly pullRequest: Pick<CurrentPullRequest["pullRequest"], "targetRef">;
}

export async function findIntroduced(
  app: App,
  about: {
    readonly current: Comparable;
    readonly mirror: Mirror;
    readonly range: CommitPair;
    readonly scan: Pick<BegunScan, "onProgress">;
    readonly signal: AbortSignal;
  },
): Promise<Introduced> {
  const { current, mirror, range, scan, signal } = about;
  const changes = await mirror.diffTrees(range.from, range.to);
  // Those of the target: a pull request does not decide by itself what is no secret in it.
  const secrets = range.from === undefined ? undefined : await readSecretRules(mirror, range.from);
  const tree = { instanceId: current.repository.instanceId, mirror, signal, secrets, onProgress: scan.onProgress };
  const both = await scanBothSides(app, tree, { head: range.to, changes });
  const { before, after } = await judgeDifference(app, both, { repository: current.repository, changes });
  const target = await knownOnTarget(app, current);
  const renames = exactRenames(changes);
  const moved = followRenames(before.findings, after.findings, renames);
  const known = [...before.findings.map(({ fingerprint }) => fingerprint), ...moved.keys(), ...target.found];
  const files = changes.filter(({ objectId }) => objectId !== undefined).length;
  return {
    findings: compareFindings(known, after.findings).appeared,
    silenced: newlySilenced(before, after, { renames, onTarget: target.silenced }),
    files,
    result: after,
  };
}

/** What the changed files still show somewhere is not hidden. */
function newlySilenced(
  before: FilesResult,
  after: FilesResult,
  { renames, onTarget }: { readonly renames: Renames; readonly onTarget: ReadonlySet<string> },
): readonly SilencedFinding[] {
  const [former, now] = [before, after].map(({ silenced: all }) => all.map(({ finding }) => finding));
  const others = new Set([
    ...(former ?? []).map(({ fingerprint }) => fingerprint),
    ...followRenames(former ?? [], now ?? [], renames).keys(),
    ...after.findings.map(({ fingerprint }) => fingerprint),
  ]);
  const silenced = new Map<string, SilencedFinding>();
  for (const one of after.silenced) {
    const { fingerprint } = one.finding;
    if (!others.has(fingerprint) && !onTarget.has(fingerprint)) silenced.set(fingerprint, one);
  }
  return [...silenced.values()];
}

const nothing: ReadonlySet<string> = new Set();

/** Only the default branch is watched, so only of it is anything known. */
async function knownOnTarget(
  app: App,
  { repository, pullRequest }: Comparable,
): Promise<{ readonly found: ReadonlySet<string>; readonly silenced: ReadonlySet<string> }> {
  const { targetRef } = pullRequest;
  if (targetRef !== repository.defaultBranch) return { found: nothing, silenced: nothing };
  return {
    found: await knownFingerprints(app.db, repository.id, targetRef),
    silenced: await silencedFingerprints(app.db, repository.id, targetRef),
  };
}
