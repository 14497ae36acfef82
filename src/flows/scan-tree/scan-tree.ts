/** Scans a tree, whole or where it changed: each file alone, and the units that files form together. */
import type { TreeChange } from "#git/mirror.ts";
import type { Finding } from "#model/finding.ts";
import type { NotScanned } from "#model/scan.ts";
import type { Problem } from "#model/scan-result.ts";
import { type ScanPart, scannerNames } from "#model/scanner-name.ts";
import { isSpan } from "#model/span.ts";
import type { UnreadPart } from "#model/unread-part.ts";
import { joinUnitResults } from "#scan/join-unit-results.ts";
import { feedSettings } from "#scan/packages/feed-settings.ts";
import { packageJudges } from "#scan/packages/package-judges.ts";
import type { PlannedUnit } from "#scan/plan-units.ts";
import { userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";
import type { TreeScanner } from "#scan/tree-scanner.ts";
import type { Unjudged } from "#store/issues/occurrences.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";
import { countBinary } from "./count-binary.ts";
import { isUnjudgedBy } from "./is-unjudged-by.ts";
import { type FilesResult, type FileToScan, isPassing, type Scanning, scanBlobs } from "./scan-blobs.ts";
import { scanUnits, type UnitPackages, type UnitResults } from "./scan-units.ts";
import type { Unsurveyed } from "./survey-files.ts";
import { type TouchedUnits, touchedUnits, unitsOf } from "./touched-units.ts";
import type { TreeScan } from "./tree-scan.ts";

export interface TreeResult extends FilesResult {
  /** Of the files that were to be looked at; those that a touched unit draws in are not among them. */
  readonly notScanned: NotScanned;
  /** What the units of packages that were read depend on. */
  readonly packages: readonly UnitPackages[];
  /** Units of packages that are no more, or could not be read: what was known of the latter still stands. */
  readonly packagesGone: readonly PlannedUnit[];
  readonly packagesUnread: readonly PlannedUnit[];
}

/** Every file, and every unit. */
export async function scanWholeTree(app: Scanning, scan: TreeScan, files: readonly FileToScan[]): Promise<TreeResult> {
  // First: it also surveys what it reads.
  const found = await scanBlobs(app, { ...scan, files });
  const tree = new Map(files.map((file) => [file.path, file]));
  const paths = [...tree.keys()];
  const scanners = await app.scanPool.treeScanners({ paths });
  const planned = [];
  for (const scanner of scanners) planned.push(await unitsOf(app, scan, scanner, tree));
  const judged = await scanUnits(
    app,
    scan,
    planned.flatMap(({ units }) => units),
  );
  const told = {
    problems: [...ruleProblems(scan), ...planned.flatMap(({ problems }) => problems)],
    unsurveyed: planned.flatMap(({ unsurveyed }) => unsurveyed),
  };
  return { ...joined(found, judged, told), notScanned: notScanned(paths, scanners, found) };
}

export interface ChangesResult extends TreeResult {
  /** All paths that were looked at: changed ones, and those of touched units. The findings are all that these have. */
  readonly replaced: readonly string[];
}

/** What changed on the way to `head`, and the units that this touches; and what is tried `again`, by its path. */
export async function scanChanges(
  app: Scanning,
  scan: TreeScan,
  {
    head,
    changes,
    again = [],
  }: { readonly head: string; readonly changes: readonly TreeChange[]; readonly again?: readonly FileToScan[] },
): Promise<ChangesResult> {
  const changed = withoutCopies([...newVersions(changes), ...again]);
  const found = await scanBlobs(app, { ...scan, files: changed });
  const touched = await touchedUnits(app, scan, head, changes, new Set(again.map(({ path }) => path)));
  const own = new Set(changed.map(({ path }) => path));
  const drawnIn = [...touched.paths].flatMap((path) => (own.has(path) ? [] : (touched.tree.get(path) ?? [])));
  const others = await scanBlobs(app, { ...scan, files: drawnIn, onProgress: undefined });
  const judged = await scanUnits(app, scan, [...touched.touched, ...touched.beside]);
  const all = joined(joined(found, undefined, others), judged, touched);
  // What stands beside is looked at for the files that it shares, and only for those.
  const isTouched = ({ at }: Finding) => !isSpan(at) || touched.paths.has(at.path);
  return {
    ...all,
    notScanned: await notScannedOf(app, changed, found),
    problems: [...ruleProblems(scan), ...all.problems],
    findings: all.findings.filter(isTouched),
    silenced: all.silenced.filter(({ finding }) => isTouched(finding)),
    packagesGone: touched.former.filter(isOfPackages),
    packagesUnread: [...all.packagesUnread, ...unseenPackages(touched)],
    replaced: [...touched.paths],
  };
}

export interface Difference {
  readonly before: TreeResult;
  readonly after: TreeResult;
  /** Whether what is found now may have been there before, where its scanner could not look. Of secrets it is told. */
  readonly isUnknown: (finding: Finding) => boolean;
}

/** Changed files and touched units as they are and as they were; what stood beside them was there before, too. */
export async function scanBothSides(
  app: Scanning,
  scan: TreeScan,
  { head, changes }: { readonly head: string; readonly changes: readonly TreeChange[] },
): Promise<Difference> {
  const changed = newVersions(changes);
  const found = await scanBlobs(app, { ...scan, files: changed });
  const former = await scanBlobs(app, { ...scan, files: oldVersions(changes), onProgress: undefined });
  const touched = await touchedUnits(app, scan, head, changes);
  const judged = await scanUnits(app, scan, touched.touched);
  const formerUnits = await scanUnits(app, scan, [...touched.former, ...touched.beside]);
  const before = joined(former, formerUnits, { unsurveyed: touched.unsurveyedBefore });
  const judgedNow = joined(found, judged, touched);
  const counted = { ...judgedNow, notScanned: await notScannedOf(app, changed, found) };
  const after = { ...counted, packages: [...judgedNow.packages, ...settingsBeside(before.packages, touched.beside)] };
  // A secret that may be old is told rather than missed.
  const unjudged = (before.unjudged ?? []).filter(({ scanner }) => scanner !== "secrets");
  const isUnknown = isUnjudgedBy(followed(unjudged, changes));
  if (unjudged.length === 0) return { before, after, isUnknown };
  // Whether these were there before cannot be said: nobody is blamed for them.
  const problems = [...after.problems, ...before.problems.filter(isPassing)];
  const findings = after.findings.filter((finding) => !isUnknown(finding));
  const silenced = after.silenced.filter(({ finding }) => !isUnknown(finding));
  return { before, after: { ...after, problems, findings, silenced }, isUnknown };
}

/** Under the paths of now, too. */
function followed(unjudged: readonly Unjudged[], changes: readonly TreeChange[]): readonly Unjudged[] {
  const renamed = new Map(
    changes.flatMap(({ path, oldPath }) => (oldPath === undefined ? [] : [[oldPath, path] as const])),
  );
  return unjudged.map(({ scanner, paths }) => ({
    scanner,
    paths: paths.flatMap((path) => [path, renamed.get(path) ?? []].flat()),
  }));
}

async function notScannedOf(app: Scanning, files: readonly FileToScan[], found: FilesResult): Promise<NotScanned> {
  const paths = files.map(({ path }) => path);
  return notScanned(paths, await app.scanPool.treeScanners({ paths }), found);
}

function notScanned(paths: readonly string[], trees: readonly TreeScanner[], found: FilesResult): NotScanned {
  return { binary: countBinary(paths, trees) + found.binary.length, tooLarge: found.tooLarge.length };
}

/** Settings that the change leaves as they are say of its lock files, too, where packages come from. */
function settingsBeside(read: TreeResult["packages"], beside: readonly PlannedUnit[]): TreeResult["packages"] {
  const keys = new Set(beside.map(({ key }) => key));
  return read.flatMap(({ unit, manifests, hasGaps }) => {
    const settings = keys.has(unit.key) ? feedSettings(manifests) : [];
    return settings.length > 0 ? [{ unit, manifests: settings, hasGaps }] : [];
  });
}

/** What cannot be read of the repository's own rules. */
function ruleProblems({ secrets }: TreeScan): readonly Problem[] {
  return secrets === undefined ? [] : userRulesOf(secrets.ruleFiles).problems;
}

function withoutCopies(files: readonly FileToScan[]): readonly FileToScan[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function newVersions(changes: readonly TreeChange[]): readonly FileToScan[] {
  return changes.flatMap(({ path, objectId, mode }) =>
    objectId === undefined || isSymbolicLink({ mode }) ? [] : [{ path, objectId }],
  );
}

function oldVersions(changes: readonly TreeChange[]): readonly FileToScan[] {
  return changes.flatMap(({ path, oldPath, oldObjectId, mode }) =>
    oldObjectId === undefined || isSymbolicLink({ mode }) ? [] : [{ path: oldPath ?? path, objectId: oldObjectId }],
  );
}

interface More extends Partial<FilesResult> {
  /** What files mean to these scanners is not known. */
  readonly unsurveyed?: readonly Unsurveyed[];
}

function joined(found: FilesResult, judged: UnitResults | undefined, more?: More): TreeResult {
  const { unsurveyed = [] } = more ?? {};
  const units = joinUnitResults(judged?.results ?? []);
  const hits = [found, judged, more].reduce((sum, one) => sum + (one?.cache?.hits ?? 0), 0);
  const misses = [found, judged, more].reduce((sum, one) => sum + (one?.cache?.misses ?? 0), 0);
  return {
    findings: [...found.findings, ...(more?.findings ?? []), ...units.findings],
    problems: [...found.problems, ...(more?.problems ?? []), ...units.problems],
    silenced: [...found.silenced, ...(more?.silenced ?? []), ...units.silenced],
    bytes: found.bytes + (more?.bytes ?? 0) + (judged?.bytes ?? 0),
    cache: { hits, misses },
    unjudged: [
      ...unjudgedOf(judged?.failed ?? []),
      ...unsearched([...found.problems, ...(more?.problems ?? [])]),
      ...unsurveyed.map(({ scanner, path }) => ({ part: scanner, paths: [path] })).flatMap(unjudgedBy),
    ],
    failed: [...(found.failed ?? []), ...(more?.failed ?? []), ...unsurveyed, ...(judged?.failed ?? []).map(partOf)],
    tooLarge: [...found.tooLarge, ...(more?.tooLarge ?? [])],
    binary: [...found.binary, ...(more?.binary ?? [])],
    notScanned: nothingLeft,
    imports: [...found.imports, ...(more?.imports ?? [])],
    packages: judged?.packages ?? [],
    packagesGone: [],
    packagesUnread: (judged?.failed ?? []).filter(isOfPackages),
  };
}

const nothingLeft: NotScanned = { binary: 0, tooLarge: 0 };

/** Units that are gone only because nobody could tell what their files mean. */
function unseenPackages({ former, unsurveyed }: TouchedUnits): readonly PlannedUnit[] {
  const unseen = new Set(unsurveyed.map(({ path }) => path));
  return former.filter((unit) => isOfPackages(unit) && unit.files.some(({ path }) => unseen.has(path)));
}

function isOfPackages({ scanner }: PlannedUnit): boolean {
  return scanner.name === "packages";
}

function unjudgedOf(failed: readonly PlannedUnit[]): readonly Unjudged[] {
  return failed
    .map(({ scanner, files }) => ({ part: scanner.name, paths: files.map(({ path }) => path) }))
    .flatMap(unjudgedBy);
}

/** Those whose findings a part of a scan decides about. */
function unjudgedBy({
  part,
  paths,
}: {
  readonly part: ScanPart;
  readonly paths: readonly string[];
}): readonly Unjudged[] {
  const scanners = part === "packages" ? packageJudges : scannerNames.filter((name) => name === part);
  return scanners.map((scanner) => ({ scanner, paths }));
}

/** By the first of its files. */
function partOf({ files, key }: PlannedUnit): UnreadPart {
  return { path: files[0]?.path ?? "", content: key };
}

/** Files that were not searched for secrets, or not to their end. */
function unsearched(problems: readonly Problem[]): readonly Unjudged[] {
  const paths = problems.flatMap(({ scanner, isNotice, path }) =>
    path !== undefined && !isNotice && searchers.includes(scanner) ? [path] : [],
  );
  return paths.length === 0 ? [] : [{ scanner: "secrets", paths }];
}

/** Whose problems with a file mean that secrets in it may have been missed. */
const searchers: readonly Problem["scanner"][] = ["git", "scan", "secrets"];
