/** `sallyport scan`: 0 nothing at or above --fail-on, 1 findings, or as the policies say, 2 nothing examined; what cannot run is a UsageError. */
import { availableParallelism } from "node:os";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import type { ScanPool } from "#flows/scan-files/scan-pool.ts";
import { expiredAnswer } from "#model/expired.ts";
import type { Finding } from "#model/finding.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Rule } from "#model/rule.ts";
import type { ScanStats } from "#model/scan.ts";
import type { Problem } from "#model/scan-result.ts";
import { isAtLeast } from "#model/severity.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import type { Report } from "#scan/reports/report.ts";
import { whyUnexamined } from "#scan/reports/unexamined.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import type { RuleFile } from "#scan/secrets/user-rules/user-rule.ts";
import { userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";
import { openYamlDoor } from "#scan/secrets/user-rules/yaml-door.ts";
import { applySettings, testValues } from "#scan/settings/apply-settings.ts";
import type { Baseline } from "#scan/settings/parse-baseline.ts";
import type { ScanSettings } from "#scan/settings/scan-settings.ts";
import type { LoadedPolicies } from "../policies/policy-files.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { judgeScanned } from "./judge-scanned.ts";
import { openRepository } from "./open-repository.ts";
import { refuseOpposites } from "./refuse-opposites.ts";
import { runScanners } from "./run-scanners.ts";
import type { ScanOptions } from "./scan-options.ts";
import { printReport } from "./scan-output.ts";
import { isBareRepository, isInGit, type Place, placeOf } from "./scan-place.ts";
import { keyName, readFingerprintKey } from "./settings/scan-fingerprint-key.ts";
import { type LoadedSettings, loadBaseline, loadSettings } from "./settings/scan-settings-files.ts";
import { readRuleFiles } from "./settings/secret-rule-files.ts";
import { unusedEntries } from "./settings/unused-entries.ts";
import type { ScanSource } from "./sources/scan-source.ts";
import { openTreeSource } from "./sources/scan-tree-source.ts";
import type { SecretPlaces } from "./validate-secrets.ts";

export async function runScan(path: string, options: ScanOptions): Promise<number> {
  // Mistakes in policies are told before anything is scanned.
  const policies = options.policies === undefined ? undefined : await soundPolicies(options.policies);
  const { report, ownRules } = await scanPath(path, options).catch((error: unknown) => {
    throw error instanceof RemoteError ? new UsageError(error.message) : error;
  });
  if (policies !== undefined) {
    const { decideScan } = await import("./decide-scan.ts");
    const decided = await decideScan(report, path, options, policies);
    await printReport(decided, options, ownRules);
    return decided.verdict?.outcome === "passed" ? unfinished(report, options) : 1;
  }
  await printReport(report, options, ownRules);
  const { failOn } = options;
  const fails = failOn !== "never" && report.findings.some(({ severity }) => isAtLeast(severity, failOn));
  return fails ? 1 : unfinished(report, options);
}

/** 2, with a line that says why, where "no findings" would be said of what nobody looked at; else 0. */
function unfinished(report: Report, { failOnProblems }: ScanOptions): 0 | 2 {
  const nothing = whyUnexamined(report);
  const problems = report.problems.filter(({ isNotice }) => !isNotice);
  const first = nothing ?? (failOnProblems ? problems[0] : undefined);
  if (first === undefined) return 0;
  const path = first.path === undefined ? "" : `${plainText(first.path)}: `;
  const what = nothing ? "nothing was examined" : `the scan is not complete (problems: ${problems.length})`;
  console.error(`sallyport: ${what}. ${path}${plainText(first.message)}`);
  return 2;
}

async function soundPolicies(path: string): Promise<LoadedPolicies> {
  const { loadSoundPolicies } = await import("../policies/policy-files.ts");
  return loadSoundPolicies([path]);
}

export interface ScannedPath {
  readonly report: Report;
  /** What the scanned folder brought along. */
  readonly ownRules: readonly Rule[];
  readonly settings: ScanSettings;
}

/** Opens something else than what the options name. */
export type OpenSource = (pool: ScanPool, place: Place, settings: ScanSettings) => Promise<ScanSource>;

/** Settings and rules of a commit, in place of those that lie in the folder. */
export interface Brought {
  readonly settings: ScanSettings;
  readonly ruleFiles: readonly RuleFile[];
}

export async function scanPath(
  path: string,
  given: ScanOptions,
  open?: OpenSource,
  brought?: Brought,
): Promise<ScannedPath> {
  const started = performance.now();
  const options = path === "-" ? { ...given, stdin: true } : given;
  refuseOpposites(options);
  const place = placeOf(options.stdin && path === "-" ? "." : path);
  const [loaded, baseline, { key, lasting }] = await Promise.all([
    brought ?? loadSettings(place.folder, options.config),
    loadBaseline(options.baseline),
    readFingerprintKey(),
  ]);
  if (!lasting && !options.quiet) warnOfKey();
  if (options.validate && options.offline) throw new UsageError("--validate and --offline exclude each other");
  const threads = threadsOf(options);
  const pool = openScanPool({
    threads: threads === 1 ? 0 : threads,
    fingerprintKey: key,
    inlineBytes: inlineBytesOf(options),
    inlineUnitBytes,
  });
  try {
    const ruleFiles = brought?.ruleFiles ?? readRuleFiles(place.folder, loaded);
    await openYamlDoor({ ruleFiles });
    return await scanWith(pool, place, options, { loaded, baseline, started, ruleFiles, open, fingerprintKey: key });
  } finally {
    await pool.close();
  }
}

async function scanWith(
  pool: ScanPool,
  place: Place,
  options: ScanOptions,
  given: {
    readonly loaded: LoadedSettings;
    readonly baseline: Baseline;
    readonly started: number;
    readonly ruleFiles: readonly RuleFile[];
    readonly open: OpenSource | undefined;
    readonly fingerprintKey: Uint8Array;
  },
): Promise<ScannedPath> {
  const { loaded, baseline, started, ruleFiles } = given;
  const { settings } = loaded;
  const own = userRulesOf(ruleFiles);
  const ownRules = own.rules.map(({ rule }) => rule);
  const source = await (given.open?.(pool, place, settings) ?? openSource(pool, place, options, loaded));
  try {
    const scanned = await runScanners(pool, source, {
      ...options,
      minimumScore: settings.minimumScore,
      secrets: secretSettingsOf(settings, ruleFiles),
    });
    const judged = await judgeScanned(scanned, { ...options, settings, today: today() });
    const found = [...scanned.findings, ...judged.findings];
    const allows = [...settings.allow, ...testValues(settings)];
    const applied = applySettings(found, allows, baseline.entries, today());
    const now = new Date();
    const ended = applied.findings.map((finding) => withOwnEnd(finding, now));
    const findings = await validated(ended, options, { ...given, ...scanned, source });
    const isWhole = given.open === undefined && !isPart(options) && place.only === undefined;
    const fingerprintKey = keyName(given.fingerprintKey);
    const { silenced: silencedAlone, problems } = scanned;
    const entries = { ...applied, ...place, loaded, baseline, fingerprintKey, options, own, source };
    const unused = await unusedEntries({ ...entries, isWhole, problems, silencedAlone, today: today() });
    const report = {
      tool: { name: "Sallyport", version },
      fingerprintKey,
      findings,
      ...(options.includePassed && { evaluations: scanned.evaluations }),
      problems: [...own.problems, ...source.problems, ...problems, ...judged.problems, ...unused].sort(byPlace),
      silenced: [...silencedAlone, ...applied.silenced],
      stats: { ...countsOf(scanned, source), milliseconds: Math.round(performance.now() - started) },
    };
    return { report, ownRules, settings };
  } finally {
    source.close();
  }
}

type Scanned = Awaited<ReturnType<typeof runScanners>>;

function countsOf(
  { files, binary, bytes, known }: Scanned,
  { leftAside }: ScanSource,
): Omit<ScanStats, "milliseconds"> {
  return {
    files,
    ...(leftAside && { notScanned: { binary: leftAside.binary + binary, tooLarge: leftAside.tooLarge.size } }),
    bytes,
    cache: { hits: known, misses: files },
  };
}

/** Threads tell them as they come to them; two reports of one tree are the same. Those of no file come first. */
function byPlace(a: Problem, b: Problem): number {
  const [one, other] = [a.path ?? "", b.path ?? ""];
  if (one !== other) return one < other ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}

function isPart({ diff, staged, stdin }: ScanOptions): boolean {
  return diff !== undefined || staged === true || stdin === true;
}

function secretSettingsOf({ secrets }: ScanSettings, ruleFiles: readonly RuleFile[]): SecretSettings | undefined {
  if (ruleFiles.length === 0 && secrets?.markers === undefined) return undefined;
  return { ruleFiles, ...(secrets?.markers !== undefined && { markers: secrets.markers }) };
}

async function openSource(
  { treeScanners }: ScanPool,
  place: Place,
  options: ScanOptions,
  { settings }: LoadedSettings,
): Promise<ScanSource> {
  const { folder, only } = place;
  const { scanners, diff } = options;
  if (options.stdin) {
    const { openStdinSource } = await import("./sources/scan-stdin-source.ts");
    return openStdinSource({
      path: options.path ?? place.only ?? "stdin",
      scanners,
      treeScanners,
      skip: settings.skip,
    });
  }
  if (options.history !== true && diff === undefined && !options.staged) {
    if (only === undefined && isBareRepository(folder))
      throw new UsageError(`${folder} is a bare repository: ${bareHelp}`);
    const inGit = only === undefined && isInGit(folder);
    const ahead = threadsOf(options) > 1 ? inlineBytesOf(options) : 0;
    return openTreeSource({ ...place, scanners, treeScanners, skip: settings.skip, inGit, ahead });
  }
  const { repository, reading } = await openRepository(folder);
  const { openDiffSource, openHistorySource, openNewBlobsSource } = await import("./sources/scan-git-source.ts");
  const request = { repository, scanners, treeScanners, only, skip: settings.skip };
  if (options.staged) {
    const { stagedBlobs } = await import("#git/new-blobs.ts");
    const head = await repository.resolve("HEAD");
    return openNewBlobsSource(request, await stagedBlobs({ ...reading, head }));
  }
  return diff === undefined ? openHistorySource(request) : openDiffSource(request, diff);
}

const bareHelp = "it has no files. --history scans what its commits hold, --diff A..B what a range brings.";

function threadsOf({ threads }: ScanOptions): number {
  return threads ?? availableParallelism();
}

/**
 * Nobody waits for an answer meanwhile, and each thread must warm up its own compiled code: with 2 cores, 100 MB take 1.5 s in two
 * threads and 1.2 s in one, 400 MB 7.6 and 6.5 s. The second core does better to read ahead.
 */
function inlineBytesOf(options: ScanOptions): number {
  return threadsOf(options) > 2 ? 64 * 1024 * 1024 : Number.POSITIVE_INFINITY;
}

/** A thread must load the policies first, and most folders hold few units. */
const inlineUnitBytes = 16 * 1024 * 1024;

async function validated(
  findings: readonly Finding[],
  { validate }: ScanOptions,
  scanned: SecretPlaces,
): Promise<readonly Finding[]> {
  if (!validate) return findings;
  const { validateSecrets } = await import("./validate-secrets.ts");
  return validateSecrets(findings, validate, scanned);
}

/** Nobody has to be asked about what says itself that it is over; a provider that is asked knows better. */
function withOwnEnd(finding: Finding, now: Date): Finding {
  const live = expiredAnswer(finding, now);
  return live === undefined ? finding : { ...finding, live };
}

function warnOfKey(): void {
  console.error("sallyport: the fingerprint key cannot be kept; fingerprints of this run fit no baseline");
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
