/** Reads suspects again and scans them like any file, under each of their paths. */
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { BlobToScan } from "../scan-files/scan-pool.ts";
import type { HistoryRequest } from "./history-scan.ts";
import type { Suspect } from "./kept-history.ts";

export interface Confirmed {
  readonly found: readonly FoundAt[];
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly Problem[];
}

/** A finding in one version of one file. */
export interface FoundAt {
  readonly objectId: string;
  readonly finding: Finding;
  /** From the repository's root; undefined if no commit names the blob. */
  readonly path?: string;
  /** The oldest commit that brought this version there. */
  readonly commit?: string;
}

interface Version {
  readonly objectId: string;
  /** The path that is told. */
  readonly shown: string;
  readonly path?: string;
  readonly commit?: string;
}

const largestBlob = 32 * 1024 * 1024;
/** What no commit names has no path: a folder of its own says so. */
const nowhere = "(in no commit)/";

export async function confirmSuspects(request: HistoryRequest, suspects: readonly Suspect[]): Promise<Confirmed> {
  const { pool, minimumScore, secrets, signal, prefix = "" } = request;
  const versions = suspects.flatMap(({ id, places }) => versionsOf(id, places, prefix));
  const problems: Problem[] = [];
  const byKey = new Map(versions.map((version) => [`${version.objectId} ${version.shown}`, version]));
  const found: FoundAt[] = [];
  const silenced: SilencedFinding[] = [];
  const options = {
    scanners: ["secrets" as const],
    ...(minimumScore !== undefined && { minimumScore }),
    ...(secrets !== undefined && { secrets }),
    ...(signal !== undefined && { signal }),
  };
  for await (const blob of pool.scan(readVersions(request, versions, problems), options)) {
    const { path, commit } = byKey.get(`${blob.objectId} ${blob.path}`) ?? {};
    for (const { result } of blob.results) {
      problems.push(...result.problems);
      silenced.push(...result.silenced);
      for (const finding of result.findings) {
        found.push({
          objectId: blob.objectId,
          finding,
          ...(path !== undefined && { path }),
          ...(commit !== undefined && { commit }),
        });
      }
    }
  }
  return { found, silenced: distinct(silenced), problems };
}

function versionsOf(id: string, places: Suspect["places"], prefix: string): readonly Version[] {
  if (places.length === 0) return prefix === "" ? [{ objectId: id, shown: nowhere + id }] : [];
  return places
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path, commit }) => ({ objectId: id, shown: path.slice(prefix.length), path, commit }));
}

async function* readVersions(
  { repository }: HistoryRequest,
  versions: readonly Version[],
  problems: Problem[],
): AsyncGenerator<BlobToScan> {
  let index = 0;
  const ids = versions.map(({ objectId }) => objectId);
  for await (const read of repository.readBlobs(ids, { maxSize: largestBlob })) {
    const { shown = "", path } = versions[index++] ?? {};
    if ("bytes" in read) yield { objectId: read.objectId, path: shown, bytes: read.bytes };
    // A damaged object that no commit names may have been anything.
    else if (path !== undefined || read.problem === "too-large") {
      const problem = read.problem === "too-large" ? tooLarge(read.size) : unreadable;
      problems.push({ ...problem, path: shown });
    }
  }
}

const unreadable = {
  scanner: "git",
  code: "missing",
  message: "Git cannot read a version of this file; the others were examined.",
} as const;

function tooLarge(size = largestBlob): Problem {
  const message = `A version of this file has ${size} bytes; up to ${largestBlob} are scanned. Nothing in it was examined.`;
  return { scanner: "scan", code: "too-large", message };
}

/** One secret stays silenced through many versions. */
function distinct(silenced: readonly SilencedFinding[]): readonly SilencedFinding[] {
  const seen = new Map(
    silenced.map((one) => ["path" in one.finding.at ? `${one.finding.fingerprint} ${one.finding.at.path}` : "", one]),
  );
  return [...seen.values()];
}
