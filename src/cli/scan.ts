/** `sallyport scan`: 0 nothing at or above --fail-on, 1 findings; what cannot run is a UsageError. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import type { ScannedBlob } from "#flows/scan-files/scan-pool.ts";
import type { Finding } from "#model/finding.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import { isAtLeast } from "#model/severity.ts";
import type { SilencedFinding } from "#scan/file-scanner.ts";
import type { Report } from "#scan/reports/report.ts";
import { applySettings } from "#scan/settings/apply-settings.ts";
import type { BaselineEntry } from "#scan/settings/parse-baseline.ts";
import { openProgress } from "./progress.ts";
import { readFingerprintKey } from "./scan-fingerprint-key.ts";
import type { ScanOptions } from "./scan-options.ts";
import { printReport } from "./scan-output.ts";
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
  const source = await openSource(place, options, loaded);
  try {
    const scanned = await scanSource(source, options, loaded, key);
    const applied = applySettings(scanned.findings, loaded.settings.allow, baseline, today());
    const isWhole = options.diff === undefined && options.history !== true && place.only === undefined;
    const unused = isWhole ? unusedEntries(loaded, options, applied) : [];
    return {
      tool: { name: "Sallyport", version },
      findings: applied.findings,
      ...(options.includePassed && { evaluations: [] }),
      problems: [...source.problems, ...scanned.problems, ...unused],
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

interface Place {
  readonly folder: string;
  readonly only?: string;
}

function placeOf(path: string): Place {
  // An unset variable of a script must not scan the folder that the script runs in.
  if (path === "") throw new UsageError("PATH is empty");
  const full = resolve(path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`there is no ${path}`);
  if (stat.isDirectory()) return { folder: full };
  if (stat.isFile()) return { folder: dirname(full), only: basename(full) };
  throw new UsageError(`${path} is neither a file nor a folder`);
}

async function openSource(place: Place, options: ScanOptions, { settings }: LoadedSettings): Promise<ScanSource> {
  const { folder, only } = place;
  const { scanners, diff } = options;
  if (options.history !== true && diff === undefined) {
    return openTreeSource({ ...place, scanners, skip: settings.skip, inGit: only === undefined && isInGit(folder) });
  }
  if (options.history === true && diff !== undefined) throw new UsageError("--history and --diff exclude each other");
  const { openLocalRepository } = await import("#git/open-local-repository.ts");
  const { createLog } = await import("./create-log.ts");
  const { environmentWith } = await import("./config.ts");
  const log = createLog({ logLevel: "silent" });
  const repository = await openLocalRepository(folder, { log, surrounding: environmentWith({}) });
  if (repository === undefined) throw new UsageError(`${folder} is in no git repository`);
  const { openDiffSource, openHistorySource } = await import("./scan-git-source.ts");
  return diff === undefined ? openHistorySource(repository, scanners) : openDiffSource(repository, diff, scanners);
}

/** A cheap look that spares folders outside of git the start of a process. */
function isInGit(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(resolve(at, ".git"), { throwIfNoEntry: false }) !== undefined) return true;
    if (dirname(at) === at) return false;
  }
}

/**
 * Nobody waits for an answer meanwhile, and each thread must warm up its own compiled code: on 2 busy cores 229 MB took
 * 1.5 s in one thread and 2.9 s in two.
 */
const inlineBytes = 64 * 1024 * 1024;

interface Scanned {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly Problem[];
  readonly files: number;
  readonly bytes: number;
}

async function scanSource(
  source: ScanSource,
  options: ScanOptions,
  { settings }: LoadedSettings,
  fingerprintKey: Uint8Array,
): Promise<Scanned> {
  const threads = options.threads ?? availableParallelism();
  const pool = openScanPool({ threads: threads === 1 ? 0 : threads, fingerprintKey, inlineBytes });
  const poolOptions = {
    ...(options.scanners !== undefined && { scanners: options.scanners }),
    ...(settings.minimumScore !== undefined && { minimumScore: settings.minimumScore }),
  };
  const progress = await openProgress(source.total, options.quiet === true);
  try {
    const known = new Set<string>();
    if (source.before !== undefined) {
      for await (const blob of pool.scan(source.before(), poolOptions)) {
        for (const { fingerprint } of gathered([blob]).findings) known.add(fingerprint);
      }
    }
    const blobs: ScannedBlob[] = [];
    let files = 0;
    let bytes = 0;
    for await (const blob of pool.scan(source.blobs(), poolOptions)) {
      files++;
      bytes += blob.bytes;
      progress.step();
      if (hasNews(blob)) blobs.push(blob);
    }
    const all = gathered(blobs);
    return { ...all, findings: all.findings.filter(({ fingerprint }) => !known.has(fingerprint)), files, bytes };
  } finally {
    progress.end();
    await pool.close();
  }
}

function hasNews({ results }: ScannedBlob): boolean {
  return results.some(({ result }) => result.findings.length + result.problems.length + result.silenced.length > 0);
}

function gathered(blobs: readonly ScannedBlob[]): Pick<Scanned, "findings" | "silenced" | "problems"> {
  const results = blobs.flatMap(({ results: all }) => all.map(({ result }) => result));
  return {
    findings: results.flatMap(({ findings }) => findings),
    silenced: results.flatMap(({ silenced }) => silenced),
    problems: results.flatMap(({ problems }) => problems),
  };
}

function unusedEntries(
  { file }: LoadedSettings,
  { baseline }: ScanOptions,
  applied: ReturnType<typeof applySettings>,
): readonly Problem[] {
  const allows = applied.unusedAllows.map(({ line, reason }) => ({
    ...unused(`This allow entry silences nothing (any more): ${reason}`, file),
    line,
  }));
  const entries = applied.unusedBaseline.map((entry: BaselineEntry) =>
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
