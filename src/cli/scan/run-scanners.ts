/** Runs all scanners over a source: first every file alone, then the units that files form together. */
import { availableParallelism } from "node:os";
import type { ScannedBlob, ScanPool } from "#flows/scan-files/scan-pool.ts";
import type { FileImports } from "#model/file-imports.ts";
import type { Finding } from "#model/finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Evaluation, Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import type { TreeFile } from "#scan/tree-keys.ts";
import { openProgress } from "./progress.ts";
import { runTreeScanners } from "./run-tree-scanners.ts";
import type { ScanSource } from "./sources/scan-source.ts";
import { surveysIn } from "./sources/surveyed-files.ts";
import { withoutSecrets } from "./without-secrets.ts";

export interface Scanned {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly Problem[];
  readonly evaluations: readonly Evaluation[];
  /** What the source depends on, and of a range what it depended on before, where that changed. */
  readonly manifests: readonly Manifest[];
  readonly manifestsBefore: readonly Manifest[];
  readonly imports: readonly FileImports[];
  /** By fingerprint: a file in which that secret stands. */
  readonly secretFiles: ReadonlyMap<string, TreeFile>;
  readonly files: number;
  /** Files beside those: their bytes turned out to be no text. */
  readonly binary: number;
  /** Objects of a history that an earlier scan had looked at. */
  readonly known: number;
  readonly bytes: number;
}

export interface RunOptions {
  readonly scanners?: readonly ScanPart[] | undefined;
  readonly includePassed?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly minimumScore?: number | undefined;
  readonly secrets?: SecretSettings | undefined;
  /** Threads that read a history. */
  readonly threads?: number | undefined;
}

export async function runScanners(pool: ScanPool, source: ScanSource, options: RunOptions): Promise<Scanned> {
  const { scanners, minimumScore, secrets, includePassed = false, quiet = false } = options;
  // It reads packs with threads of its own, and begins while nothing else does.
  const history = await secretsOfHistory(pool, source, options);
  const asked = source.history === undefined ? scanners : withoutSecrets(scanners);
  const poolOptions = {
    ...(asked !== undefined && { scanners: asked }),
    ...(minimumScore !== undefined && { minimumScore }),
    ...(secrets !== undefined && { secrets }),
  };
  const known = await knownBefore(pool, source, poolOptions);
  // Where the files that belong together are not those that are scanned alone, they are looked at afterwards.
  const surveys = source.trees === undefined;
  const surveyed = surveysIn();
  const progress = await openProgress(source.total, quiet);
  const blobs: ScannedBlob[] = [];
  let files = 0;
  let binary = 0;
  let bytes = 0;
  try {
    for await (const blob of pool.scan(surveyed.keeping(source.blobs()), { ...poolOptions, surveys })) {
      if (blob.results.some(({ result }) => result.isBinary)) binary++;
      else files++;
      bytes += blob.bytes;
      progress.step();
      surveyed.add(blob);
      if (hasNews(blob)) blobs.push(blob);
    }
  } finally {
    progress.end();
  }
  const alone = gathered(blobs);
  const fresh = alone.findings.filter(({ fingerprint }) => !known.has(fingerprint));
  const together = await runTreeScanners(pool, source, surveyed, { scanners, includePassed, quiet });
  return {
    findings: [...history.findings, ...fresh, ...together.findings],
    silenced: [...history.silenced, ...alone.silenced, ...together.silenced],
    problems: [...history.problems, ...alone.problems, ...together.problems, ...perhapsOld(source, fresh)],
    evaluations: together.evaluations,
    manifests: together.manifests,
    manifestsBefore: together.manifestsBefore,
    imports: alone.imports,
    secretFiles: new Map([...history.secretFiles, ...secretFilesOf(blobs)]),
    files: files + history.objects,
    binary,
    known: history.known,
    bytes: bytes + history.bytes,
  };
}

/** Fingerprints of what old versions held. */
async function knownBefore(
  pool: ScanPool,
  source: ScanSource,
  options: Parameters<ScanPool["scan"]>[1],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  if (source.before === undefined) return known;
  for await (const blob of pool.scan(source.before(), options)) {
    for (const { fingerprint } of gathered([blob]).findings) known.add(fingerprint);
  }
  return known;
}

const mostNamed = 5;

/** A secret that stood in any of these is taken for new, wherever it stands now. */
function perhapsOld({ beforeUnread = [] }: ScanSource, fresh: readonly Finding[]): readonly Problem[] {
  const paths = [...new Set(beforeUnread.flatMap(({ path }) => path ?? []))].sort();
  if (fresh.length === 0 || paths.length === 0) return [];
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more files` : "";
  const ofFiles = `${paths.slice(0, mostNamed).join(", ")}${more}`;
  const [first] = beforeUnread;
  const message = `What was found may be old: the former version of ${ofFiles} was not examined. ${first?.message ?? ""}`;
  return [{ scanner: "git", code: "former-unread", message }];
}

async function secretsOfHistory(
  pool: ScanPool,
  source: ScanSource,
  { scanners, secrets, minimumScore, threads, quiet = false }: RunOptions,
): Promise<
  Pick<Scanned, "findings" | "silenced" | "problems" | "secretFiles" | "bytes" | "known"> & { readonly objects: number }
> {
  if (source.history === undefined || scanners?.includes("secrets") === false) {
    return { findings: [], silenced: [], problems: [], secretFiles: new Map(), objects: 0, known: 0, bytes: 0 };
  }
  const options = {
    ...{ threads: threads ?? availableParallelism(), secrets, minimumScore },
    openProgress: (total: number, what: string) => openProgress(total, quiet, what),
  };
  const counted = { objects: 0, bytes: 0 };
  const { findings, silenced, problems, stats } = await source.history(counting(pool, counted), options);
  const { known } = stats;
  // Where git reads all of them, as for rules of one's own, none is judged in its pack.
  const { objects, bytes } = stats.objects + known === 0 ? counted : stats;
  const files = findings.flatMap(({ finding, objectId }) => fileOf(finding, objectId));
  return {
    findings: findings.map(({ finding }) => finding),
    ...{ silenced, problems, secretFiles: new Map(files), objects, known, bytes },
  };
}

function counting(pool: ScanPool, counted: { objects: number; bytes: number }): ScanPool {
  return {
    ...pool,
    async *scan(...given) {
      for await (const blob of pool.scan(...given)) {
        counted.objects++;
        counted.bytes += blob.bytes;
        yield blob;
      }
    },
  };
}

function secretFilesOf(blobs: readonly ScannedBlob[]): readonly (readonly [string, TreeFile])[] {
  return blobs.flatMap(({ objectId, results }) =>
    results.flatMap(({ result }) => result.findings.flatMap((finding) => fileOf(finding, objectId))),
  );
}

function fileOf({ rule, fingerprint, at }: Finding, objectId: string): readonly (readonly [string, TreeFile])[] {
  return rule.startsWith("secrets/") && isSpan(at) ? [[fingerprint, { path: at.path, objectId }]] : [];
}

function hasNews({ results }: ScannedBlob): boolean {
  return results.some(
    ({ result: { findings, problems, silenced, imports = [] } }) =>
      findings.length + problems.length + silenced.length + imports.length > 0,
  );
}

function gathered(blobs: readonly ScannedBlob[]): Pick<Scanned, "findings" | "silenced" | "problems" | "imports"> {
  const results = blobs.flatMap(({ results: all }) => all.map(({ result }) => result));
  return {
    findings: results.flatMap(({ findings }) => findings),
    silenced: results.flatMap(({ silenced }) => silenced),
    problems: results.flatMap(({ problems }) => problems),
    imports: blobs.flatMap(({ path, results: all }) =>
      all.flatMap(({ result: { imports: names } }) => (names ? [{ path, names }] : [])),
    ),
  };
}
