/** Results of units by their content: what was scanned before comes from the store, the rest is read unit by unit. */
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { UnitResult } from "#scan/join-unit-results.ts";
import type { PlannedUnit } from "#scan/plan-units.ts";
import { tooLargeForTree } from "#scan/too-large-for-tree.ts";
import { largestTreeFile, type TreeUnit } from "#scan/tree-scanner.ts";
import { type BlobResult, findBlobResults, insertBlobResults, saysNothing } from "#store/scans/blob-results.ts";
import type { BlobToScan, UnitToScan } from "../scan-files/scan-pool.ts";
import { isPassing, type Scanning } from "./scan-blobs.ts";
import type { TreeScan } from "./tree-scan.ts";

const rowsPerInsert = 500;

/** What a unit depends on. */
export interface UnitPackages {
  readonly unit: PlannedUnit;
  readonly manifests: readonly Manifest[];
  /** Something of it could not be read. */
  readonly hasGaps: boolean;
}

export interface UnitResults {
  readonly results: readonly UnitResult[];
  /** Of every unit of packages that was read, also of one that names none. */
  readonly packages: readonly UnitPackages[];
  /** Units that nothing is known of: they took too long, or the scanner failed. */
  readonly failed: readonly PlannedUnit[];
  readonly bytes: number;
  readonly cache: { readonly hits: number; readonly misses: number };
}

export async function scanUnits(app: Scanning, scan: TreeScan, planned: readonly PlannedUnit[]): Promise<UnitResults> {
  const units = new Map(planned.map((unit) => [unit.key, unit]));
  const keys = [...units.keys()].map((key) => Buffer.from(key, "hex"));
  const known = await findBlobResults(app.db, scan.instanceId, keys);
  const missing = [...units.values()].filter(({ key }) => !known.has(key));
  const scanned = await scanMissing(app, scan, missing);
  const packages = [...known].flatMap(([key, result]) => packagesOf(units.get(key), result));
  return {
    results: [...[...known.values()].filter((one) => !saysNothing(one)), ...scanned.results],
    packages: [...packages, ...scanned.packages],
    failed: scanned.failed,
    bytes: scanned.bytes,
    cache: { hits: known.size, misses: missing.length },
  };
}

async function scanMissing(
  app: Scanning,
  { instanceId, mirror, signal }: TreeScan,
  missing: readonly PlannedUnit[],
): Promise<Omit<UnitResults, "cache">> {
  if (missing.length === 0) return { results: [], packages: [], failed: [], bytes: 0 };
  const planned = new Map(missing.map((one) => [one.unit, one]));
  const failed: PlannedUnit[] = [];
  const unread = new Map<TreeUnit, Problem[]>();
  const results: BlobResult[] = [];
  const packages: UnitPackages[] = [];
  let rows: (BlobResult & { readonly key: Uint8Array })[] = [];
  let bytes = 0;
  for await (const one of app.scanPool.scanUnits(readUnits(mirror, missing, unread), { signal })) {
    const { findings, silenced, manifests } = one.result;
    const problems = [...(unread.get(one.unit) ?? []), ...one.result.problems];
    const result: BlobResult = { findings, problems, silenced, ...(manifests && { manifests }) };
    const plan = planned.get(one.unit);
    bytes += one.bytes;
    if (!saysNothing(result)) results.push(result);
    if (plan && problems.some(isPassing)) failed.push(plan);
    else if (plan) {
      rows.push({ ...result, key: Buffer.from(plan.key, "hex") });
      packages.push(...packagesOf(plan, result));
    }
    if (rows.length >= rowsPerInsert) {
      await insertBlobResults(app.db, instanceId, rows);
      rows = [];
    }
  }
  await insertBlobResults(app.db, instanceId, rows);
  return { results, packages, failed, bytes };
}

function packagesOf(unit: PlannedUnit | undefined, { manifests = [], problems }: BlobResult): readonly UnitPackages[] {
  const hasGaps = problems.some(({ isNotice }) => !isNotice);
  return unit?.scanner.name === "packages" ? [{ unit, manifests, hasGaps }] : [];
}

/** One unit's bytes after the other, in one stream. */
async function* readUnits(
  mirror: TreeScan["mirror"],
  planned: readonly PlannedUnit[],
  unread: Map<TreeUnit, Problem[]>,
): AsyncGenerator<UnitToScan> {
  const ids = planned.flatMap(({ files }) => files.map(({ objectId }) => objectId));
  const blobs = mirror.readBlobs(ids, { maxSize: largestTreeFile })[Symbol.asyncIterator]();
  try {
    for (const { scanner, unit, files } of planned) {
      const read: BlobToScan[] = [];
      for (const file of files) {
        const { value: blob } = await blobs.next();
        if (!blob) return;
        if ("bytes" in blob) read.push({ ...file, bytes: blob.bytes });
        else unread.set(unit, [...(unread.get(unit) ?? []), unreadFile(scanner.name, file.path, blob)]);
      }
      yield { scanner: scanner.name, unit, files: read };
    }
  } finally {
    await blobs.return?.();
  }
}

function unreadFile(
  scanner: PlannedUnit["scanner"]["name"],
  path: string,
  { problem, size }: { readonly problem: "missing" | "too-large"; readonly size?: number },
): Problem {
  return problem === "missing"
    ? { scanner, code: "missing", message: "Git does not have this file's content; the others were examined.", path }
    : tooLargeForTree(scanner, path, size ?? largestTreeFile);
}
