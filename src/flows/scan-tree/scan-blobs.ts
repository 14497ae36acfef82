/**
 * Findings of files by their content: what was scanned before comes from the store, the rest streams from git through the
 * worker threads. Bytes are never held beyond what is on its way, so 50,000 files cost no more memory than 50. What is
 * read is surveyed for the tree scanners on the same occasion.
 */
import type { Mirror } from "#git/mirror.ts";
import type { FileImports } from "#model/file-imports.ts";
import type { Finding } from "#model/finding.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { UnreadPart } from "#model/unread-part.ts";
import { blobKey } from "#scan/blob-key.ts";
import type { FileScanner } from "#scan/file-scanner.ts";
import { scannersFor } from "#scan/scan.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import { userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";
import { surveyKey } from "#scan/tree-keys.ts";
import type { Survey, TreeScanner } from "#scan/tree-scanner.ts";
import { withPath } from "#scan/with-path.ts";
import type { Unjudged } from "#store/issues/occurrences.ts";
import { type BlobResult, findBlobResults, insertBlobResults, saysNothing } from "#store/scans/blob-results.ts";
import { insertSurveys } from "#store/scans/surveys.ts";
import type { App } from "../app.ts";
import type { ScannedBlob } from "../scan-files/scan-pool.ts";
import { type PathsOfBlob, readBlobs, type Unread } from "./read-blobs.ts";

/** What scanning needs of the app. */
export type Scanning = Pick<App, "db" | "scanPool">;

export interface FileToScan {
  readonly path: string;
  readonly objectId: string;
}

export interface FilesResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly silenced: readonly SilencedFinding[];
  readonly bytes: number;
  readonly cache: { readonly hits: number; readonly misses: number };
  /** Paths of files that are larger than what is read. */
  readonly tooLarge: readonly string[];
  /** Paths of files whose bytes turned out to be no text. */
  readonly binary: readonly string[];
  /** Where a scanner gave up: what it said before about these paths still stands. */
  readonly unjudged?: readonly Unjudged[];
  /** What another time may go well. */
  readonly failed?: readonly UnreadPart[];
  /** What source files import; files without imports are left out. */
  readonly imports: readonly FileImports[];
}

export interface BlobScan {
  readonly instanceId: InstanceId;
  readonly mirror: Pick<Mirror, "readBlobs">;
  readonly files: readonly FileToScan[];
  readonly signal: AbortSignal;
  /** File scanners to run, and no survey; all of them, with surveys, if absent. */
  readonly scanners?: readonly ScanPart[];
  readonly secrets?: SecretSettings | undefined;
  /** Reads from the last file on, as far as this many bytes; all of them, in their order, if absent. */
  readonly mostBytes?: number;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const rowsPerInsert = 2000;
const keysPerQuestion = 5000;
/** What went wrong by chance is not remembered. */
const passingProblems: readonly string[] = ["timed-out", "failed", "missing", "own-rules-left"];

export function isPassing({ code }: Pick<Problem, "code">): boolean {
  return passingProblems.includes(code);
}

/**
 * One scanner's result that is needed, and the files it stands for: copies share it, whatever their names. There are as
 * many as files, so each is as small as can be: lists only where there is more than one, keys only as text.
 */
interface Need {
  readonly objectId: string;
  readonly path: string;
  others?: string[];
}

/** By the key in hex. */
type Needs = ReadonlyMap<string, Need>;

type ResultRow = BlobResult & { readonly key: Uint8Array };
type SurveyRow = { readonly key: Uint8Array; readonly survey: Survey };

export interface BlobsResult extends FilesResult {
  /** Of which content each finding tells: of one path several versions may have been asked for. */
  readonly objectOf: ReadonlyMap<Finding, string>;
  /** Blobs that were not read, because those behind them were `mostBytes` already. */
  readonly left: ReadonlySet<string>;
}

export async function scanBlobs(app: Scanning, scan: BlobScan): Promise<BlobsResult> {
  const needs = needsOf(scan);
  const known = new Map<string, BlobResult>();
  const missing = await pathsToScan(app, scan, needs, known);
  const { bytes, unread, left } = await scanMissing(app, scan, missing.paths, known);
  return {
    ...placeResults(needs, known, unread),
    bytes,
    left,
    cache: { hits: needs.size - missing.results, misses: missing.results },
  };
}

function needsOf({ files, scanners, secrets }: BlobScan): Needs {
  const needs = new Map<string, Need>();
  for (const { path, objectId } of files) {
    for (const scanner of scannersFor(path, scanners)) {
      const hex = hexOf(blobKey(scanner, objectId, classOf(scanner, path, secrets)));
      const need = needs.get(hex);
      if (!need) needs.set(hex, { objectId, path });
      else if (need.others) need.others.push(path);
      else need.others = [path];
    }
  }
  return needs;
}

/** Rules of the repository may look at the whole path: each of their answers is for one path, under the rules' own name. */
function classOf(scanner: FileScanner, path: string, secrets: SecretSettings | undefined): string {
  const own = scanner.pathClass(path) ?? "";
  if (secrets === undefined || scanner.name !== "secrets") return own;
  const { ruleFiles, markers } = secrets;
  const marks = markers === undefined ? "" : `\0marks of ${markers.toSorted().join(" ")}`;
  return ruleFiles.length === 0 ? `${own}${marks}` : `${own}\0${userRulesOf(ruleFiles).name}\0${path}${marks}`;
}

/** Asks the store; puts what has something to say into `known`. */
async function pathsToScan(
  app: Scanning,
  { instanceId }: BlobScan,
  needs: Needs,
  known: Map<string, BlobResult>,
): Promise<{ readonly paths: PathsOfBlob; readonly results: number }> {
  const paths = new Map<string, string | readonly string[]>();
  let results = 0;
  let batch: [string, Need][] = [];
  const ask = async (): Promise<void> => {
    const asked = batch;
    batch = [];
    const found = await findBlobResults(
      app.db,
      instanceId,
      asked.map(([hex]) => Buffer.from(hex, "hex")),
    );
    for (const [hex, { objectId, path }] of asked) {
      const result = found.get(hex);
      if (result) {
        if (!saysNothing(result)) known.set(hex, result);
        continue;
      }
      results += 1;
      const before = paths.get(objectId);
      if (before === undefined) paths.set(objectId, path);
      else if (![before].flat().includes(path)) paths.set(objectId, [before, path].flat());
    }
  };
  for (const entry of needs) {
    batch.push(entry);
    if (batch.length >= keysPerQuestion) await ask();
  }
  await ask();
  return { paths, results };
}

/** Puts what has something to say into `known`, and all of it into the store. */
async function scanMissing(
  app: Scanning,
  scan: BlobScan,
  pathsOf: PathsOfBlob,
  known: Map<string, BlobResult>,
): Promise<{ readonly bytes: number; readonly unread: Unread; readonly left: ReadonlySet<string> }> {
  const total = pathsOf.values().reduce((sum, paths) => sum + [paths].flat().length, 0);
  const unread = new Map<string, Omit<Problem, "path">>();
  const left = new Set<string>();
  let rows: ResultRow[] = [];
  let surveys: SurveyRow[] = [];
  const write = async (): Promise<void> => {
    await insertBlobResults(app.db, scan.instanceId, rows);
    await insertSurveys(app.db, scan.instanceId, surveys);
    rows = [];
    surveys = [];
  };
  const { signal, scanners, secrets } = scan;
  const paths = [...pathsOf.values()].flat();
  const treeScanners = scanners === undefined ? await app.scanPool.treeScanners({ paths }) : [];
  const options = {
    ...{ signal, surveys: treeScanners.length > 0 },
    ...(scanners !== undefined && { scanners }),
    ...(secrets !== undefined && { secrets }),
  };
  let bytes = 0;
  let done = 0;
  for await (const blob of app.scanPool.scan(readBlobs(scan, pathsOf, { unread, left }), options)) {
    bytes += blob.bytes;
    done += 1;
    rows.push(...rowsOf(blob, known, secrets));
    surveys.push(...surveysOf(blob, treeScanners));
    if (rows.length >= rowsPerInsert) await write();
    scan.onProgress?.(done + unread.size, total);
  }
  await write();
  return { bytes, unread, left };
}

function rowsOf(
  blob: ScannedBlob,
  known: Map<string, BlobResult>,
  secrets: SecretSettings | undefined,
): readonly ResultRow[] {
  const scanners = new Map(scannersFor(blob.path).map((scanner) => [scanner.name, scanner]));
  return blob.results.flatMap(({ scanner: name, result }) => {
    const scanner = scanners.get(name);
    if (!scanner) return [];
    const key = blobKey(scanner, blob.objectId, classOf(scanner, blob.path, secrets));
    if (!saysNothing(result)) known.set(hexOf(key), result);
    return result.problems.some(isPassing) ? [] : [{ ...result, key }];
  });
}

function surveysOf({ path, objectId, surveys }: ScannedBlob, scanners: readonly TreeScanner[]): readonly SurveyRow[] {
  return surveys.flatMap(({ scanner: name, survey, problem }) => {
    const scanner = problem ? undefined : scanners.find((one) => one.name === name);
    return scanner ? [{ key: surveyKey(scanner, { path, objectId }), survey }] : [];
  });
}

/** Gives each file the results of its content; stored results carry no path of their own. */
function placeResults(
  needs: Needs,
  known: ReadonlyMap<string, BlobResult>,
  unread: Unread,
): Omit<BlobsResult, "bytes" | "cache" | "left"> {
  const findings: Finding[] = [];
  const objectOf = new Map<Finding, string>();
  const silenced: SilencedFinding[] = [];
  const imports: FileImports[] = [];
  const problems = new Map<string, Problem>();
  const tooLarge = new Set<string>();
  const binary: string[] = [];
  const failed: UnreadPart[] = [];
  for (const [hex, { objectId, path: first, others = [] }] of needs) {
    const result = known.get(hex);
    const problem = unread.get(objectId);
    if (!result && !problem) continue;
    const isFailed = [...(problem ? [problem] : []), ...(result?.problems ?? [])].some(isPassing);
    for (const path of [first, ...others]) {
      if (isFailed) failed.push({ path, content: objectId });
      // Once per file, though several scanners missed its bytes.
      if (problem) problems.set(path, { ...problem, path });
      if (problem?.code === "too-large") tooLarge.add(path);
      if (!result) continue;
      if (result.isBinary) binary.push(path);
      const placed = withPath(result, path);
      findings.push(...placed.findings);
      for (const finding of placed.findings) objectOf.set(finding, objectId);
      silenced.push(...placed.silenced);
      for (const { finding } of placed.silenced) objectOf.set(finding, objectId);
      if (result.imports) imports.push({ path, names: result.imports });
      for (const [index, one] of placed.problems.entries()) problems.set(`${path} ${hex} ${index}`, one);
    }
  }
  const all = { findings, objectOf, problems: [...problems.values()], silenced, imports, failed };
  return { ...all, tooLarge: [...tooLarge], binary };
}

function hexOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString("hex");
}
