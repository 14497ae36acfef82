/** `sallyport scan`: 0 nothing at or above --fail-on, 1 findings; what cannot run is a UsageError. */
import { availableParallelism } from "node:os";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import type { ScanPool } from "#flows/scan-files/scan-pool.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import { isAtLeast } from "#model/severity.ts";
import type { Report } from "#scan/reports/report.ts";
import { applySettings } from "#scan/settings/apply-settings.ts";
import type { BaselineEntry } from "#scan/settings/parse-baseline.ts";
import type { Allow } from "#scan/settings/scan-settings.ts";
import { judgeScanned } from "./judge-scanned.ts";
import { runScanners } from "./run-scanners.ts";
import { readFingerprintKey } from "./scan-fingerprint-key.ts";
import type { ScanOptions } from "./scan-options.ts";
import { printReport } from "./scan-output.ts";
import { isInGit, type Place, placeOf } from "./scan-place.ts";
import { type LoadedSettings, loadBaseline, loadSettings } from "./scan-settings-files.ts";
import type { ScanSource } from "./scan-source.ts";
import { openTreeSource } from "./scan-tree-source.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

export async function runScan(path: string, options: ScanOptions): Promise<number> {
  const report = await scanPath(path, options).catch((error: unknown) => {
    throw error instanceof RemoteError ? new UsageError(error.message) : error;
  });
  await printReport(report, options);
  const { failOn } = options;
  const fails = failOn !== "never" && report.findings.some(({ severity }) => isAtLeast(severity, failOn));
  return fails ? 1 : 0;
}

async function scanPath(path: string, options: ScanOptions): Promise<Report> {
  const started = performance.now();
  const place = placeOf(path);
  const [loaded, baseline, { key, lasting }] = await Promise.all([
    loadSettings(place.folder, options.config),
    loadBaseline(options.baseline),
    readFingerprintKey(),
  ]);
  if (!options.quiet) warn(options, lasting);
  const threads = options.threads ?? availableParallelism();
  const pool = openScanPool({
    threads: threads === 1 ? 0 : threads,
    fingerprintKey: key,
    inlineBytes,
    inlineUnitBytes,
  });
  try {
    return await scanWith(pool, place, options, { loaded, baseline, started });
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
    readonly baseline: readonly BaselineEntry[];
    readonly started: number;
  },
): Promise<Report> {
  const { loaded, baseline, started } = given;
  const { settings } = loaded;
  const source = await openSource(pool, place, options, loaded);
  try {
    const scanned = await runScanners(pool, source, { ...options, minimumScore: settings.minimumScore });
    const judged = await judgeScanned(scanned, { ...options, settings, today: today() });
    const found = [...scanned.findings, ...judged.findings];
    const applied = applySettings(found, settings.allow, baseline, today());
    const isWhole = options.diff === undefined && options.history !== true && place.only === undefined;
    const unused = isWhole ? unusedEntries(loaded, options, applied) : [];
    return {
      tool: { name: "Sallyport", version },
      findings: applied.findings,
      ...(options.includePassed && { evaluations: scanned.evaluations }),
      problems: [...source.problems, ...scanned.problems, ...judged.problems, ...unused],
      silenced: [...scanned.silenced, ...applied.silenced],
      stats: {
        files: scanned.files,
        bytes: scanned.bytes,
        milliseconds: Math.round(performance.now() - started),
        cache: { hits: 0, misses: scanned.files },
      },
    };
  } finally {
    source.close();
  }
}

async function openSource(
  { treeScanners }: ScanPool,
  place: Place,
  options: ScanOptions,
  { settings }: LoadedSettings,
): Promise<ScanSource> {
  const { folder, only } = place;
  const { scanners, diff } = options;
  if (options.history !== true && diff === undefined) {
    const inGit = only === undefined && isInGit(folder);
    return openTreeSource({ ...place, scanners, treeScanners, skip: settings.skip, inGit });
  }
  if (options.history === true && diff !== undefined) throw new UsageError("--history and --diff exclude each other");
  const { openLocalRepository } = await import("#git/open-local-repository.ts");
  const { createLog } = await import("./create-log.ts");
  const { environmentWith } = await import("./config.ts");
  const log = createLog({ logLevel: "silent" });
  const repository = await openLocalRepository(folder, { log, surrounding: environmentWith({}) });
  if (repository === undefined) throw new UsageError(`${folder} is in no git repository`);
  const { openDiffSource, openHistorySource } = await import("./scan-git-source.ts");
  const request = { repository, scanners, treeScanners };
  return diff === undefined ? openHistorySource(request) : openDiffSource(request, diff);
}

/**
 * Nobody waits for an answer meanwhile, and each thread must warm up its own compiled code: on 2 busy cores 229 MB took
 * 1.5 s in one thread and 2.9 s in two.
 */
const inlineBytes = 64 * 1024 * 1024;
/** A thread must load the policies first, and most folders hold few units. */
const inlineUnitBytes = 16 * 1024 * 1024;

function unusedEntries(
  { file }: LoadedSettings,
  { baseline, scanners }: ScanOptions,
  applied: ReturnType<typeof applySettings>,
): readonly Problem[] {
  // What another scanner would need is not unused because that one did not run.
  const mayBeUsed = ({ rule }: Allow) =>
    scanners !== undefined && (rule === undefined || !scanners.some((name) => rule.startsWith(`${name}/`)));
  const allows = applied.unusedAllows
    .filter((one) => !mayBeUsed(one))
    .map(({ line, reason }) => ({
      ...unused(`This allow entry silences nothing (any more): ${reason}`, file),
      line,
    }));
  const accepted = scanners === undefined ? applied.unusedBaseline : [];
  const entries = accepted.map((entry: BaselineEntry) =>
    unused(
      `The baseline entry ${entry.fingerprint.slice(0, 12)} silences nothing (any more): ${entry.reason}`,
      baseline,
    ),
  );
  return [...allows, ...entries];
}

function unused(message: string, path: string | undefined): Problem {
  return { scanner: "scan", code: "unused", message, ...(path !== undefined && { path }) };
}

function warn({ validate }: ScanOptions, lasting: boolean): void {
  if (validate) console.error("sallyport: no rule of this version can ask its provider; --validate changes nothing");
  if (!lasting) {
    console.error("sallyport: the fingerprint key cannot be kept; fingerprints of this run fit no baseline");
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
