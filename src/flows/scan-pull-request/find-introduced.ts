/** Findings that a pull request brings in: not in the files and units it changes as they were, not known on its target. */
import type { Mirror, TreeChange } from "#git/mirror.ts";
import { compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import { followRenames, type Renames } from "#model/follow-renames.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import type { ScanSettings } from "#scan/settings/scan-settings.ts";
import { knownFingerprints, listFindingsOfFiles, silencedFingerprints } from "#store/issues/known-fingerprints.ts";
import { contentGivenUp } from "#store/scans/unread-parts.ts";
import type { App } from "../app.ts";
import { judgeDifference } from "../packages/judge-tree.ts";
import type { BegunScan } from "../scan-repository/recorded-scan.ts";
import {
  noRepositorySettings,
  type RepositorySettings,
  readScanSettings,
  settingsFile,
} from "../scan-settings/read-scan-settings.ts";
import { type Found, underSettings } from "../scan-settings/under-settings.ts";
import { exactRenames } from "../scan-tree/exact-renames.ts";
import type { FilesResult } from "../scan-tree/scan-blobs.ts";
import { scanBothSides, type TreeResult } from "../scan-tree/scan-tree.ts";
import { findInCommits, type Missed } from "./find-in-commits.ts";
import type { CommitPair } from "./find-range.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export interface Introduced {
  readonly findings: readonly Finding[];
  /** Problems, new or old, that the pull request silences in the code, and that were not silenced before it. */
  readonly silenced: readonly SilencedFinding[];
  readonly files: number;
  readonly result: TreeResult;
  readonly missedInCommits: Missed;
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
    /** Secrets that the files held when it was scanned before, by fingerprint: taken out, they count as solved. */
    readonly solved?: ReadonlySet<string>;
    readonly signal: AbortSignal;
  },
): Promise<Introduced> {
  const { current, mirror, range, scan, solved = nothing, signal } = about;
  const changes = await mirror.diffTrees(range.from, range.to);
  const target = range.from === undefined ? noRepositorySettings : await readScanSettings(mirror, range.from);
  const { secrets } = target;
  const { id, instanceId } = current.repository;
  const givenUp = await contentGivenUp(app.db, id);
  const tree = { instanceId, mirror, signal, secrets, givenUp, onProgress: scan.onProgress };
  const scanned = await scanBothSides(app, tree, { head: range.to, changes });
  const now = app.now();
  const own = await readScanSettings(mirror, range.to);
  const judged = await judgeDifference(app, scanned, { repository: current.repository, changes });
  const before = underSettings(judged.before, { ...target, problems: [] }, now);
  const within = settingsWithin(target, own);
  const after = underSettings(judged.after, within, now);
  const known = await knownOnTarget(app, current);
  const renames = exactRenames(changes);
  const moved = followRenames(before.findings, after.findings, renames);
  const were = [...before.findings.map(({ fingerprint }) => fingerprint), ...moved.keys(), ...known.found];
  const files = changes.filter(({ objectId }) => objectId !== undefined).length;
  const fingerprints = [...after.findings, ...after.silenced.map(({ finding }) => finding)].map(
    ({ fingerprint }) => fingerprint,
  );
  const seen = new Set([...were, ...fingerprints, ...known.silenced, ...solved]);
  const inCommits = await findInCommits(app, tree, { range, known: seen, told: after.problems });
  const onlyThere = underSettings(inCommits, { ...within, problems: [] }, now);
  return {
    findings: [...compareFindings(were, after.findings).appeared, ...onlyThere.findings],
    silenced: [
      ...newlySilenced(before, after, { renames, onTarget: known.silenced }),
      ...onlyThere.silenced,
      ...(await silencedElsewhere(app, current, { changes, settings: own.settings, now })),
    ],
    files,
    result: { ...after, problems: [...after.problems, ...inCommits.problems] },
    missedInCommits: inCommits.missed,
  };
}

/**
 * A pull request does not decide unseen what is no secret in it: rules, marks and paths that are skipped are those of its
 * target. What it allows itself counts, and is told as newly silenced.
 */
function settingsWithin(target: RepositorySettings, own: RepositorySettings): RepositorySettings {
  const { allow, secrets } = own.settings;
  const { skip, secrets: usual } = target.settings;
  const values = secrets?.testValues ?? [];
  const settings = { allow, skip, secrets: { rules: [], ...usual, testValues: values } };
  return { settings, secrets: target.secrets, problems: own.problems };
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

/** What its settings file would silence in files that it leaves as they are: nobody would see it otherwise. */
async function silencedElsewhere(
  app: App,
  { repository, pullRequest: { targetRef } }: Comparable,
  given: { readonly changes: readonly TreeChange[]; readonly settings: ScanSettings; readonly now: Date },
): Promise<readonly SilencedFinding[]> {
  const { changes, settings, now } = given;
  const changed = new Set(changes.flatMap(({ path, oldPath = path }) => [path, oldPath]));
  if (!changed.has(settingsFile) || targetRef !== repository.defaultBranch) return [];
  const findings = await listFindingsOfFiles(app.db, repository.id, targetRef);
  const unchanged = findings.filter(({ at }) => !isSpan(at) || !changed.has(at.path));
  const result = { findings: unchanged, silenced: [], problems: [] };
  return underSettings<Found>(result, { settings, problems: [] }, now).silenced;
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
