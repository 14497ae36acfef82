/** Streams blobs to those who scan them. What is not handed on is told: what cannot be read, and what is too much. */
import type { Mirror } from "#git/mirror.ts";
import type { Problem } from "#model/scan-result.ts";
import type { BlobToScan } from "../scan-files/scan-pool.ts";

/** Larger files are a Problem: such a blob is data, and its text would take the memory of the others. */
export const largestBlob = 16 * 1024 * 1024;

/** For each blob that must be read the path to scan it as; several where its copies are of several classes. */
export type PathsOfBlob = ReadonlyMap<string, string | readonly string[]>;

/** Why the bytes of a blob could not be read, by its id. */
export type Unread = ReadonlyMap<string, Omit<Problem, "path">>;

export async function* readBlobs(
  { mirror, mostBytes }: { readonly mirror: Pick<Mirror, "readBlobs">; readonly mostBytes?: number },
  pathsOf: PathsOfBlob,
  { unread, left }: { readonly unread: Map<string, Omit<Problem, "path">>; readonly left: Set<string> },
): AsyncGenerator<BlobToScan> {
  if (pathsOf.size === 0) return;
  const ids = mostBytes === undefined ? [...pathsOf.keys()] : [...pathsOf.keys()].reverse();
  let read = 0;
  let bytes = 0;
  for await (const blob of mirror.readBlobs(ids, { maxSize: largestBlob })) {
    const { objectId } = blob;
    const paths = [pathsOf.get(objectId) ?? []].flat();
    read += 1;
    if ("problem" in blob) {
      unread.set(objectId, unreadProblem(blob.problem, blob.size));
      // Git unpacks what is too large before it says so.
      bytes += Math.min(blob.size ?? 0, largestBlob);
    } else {
      for (const path of paths) yield { objectId, path, bytes: blob.bytes };
      bytes += blob.bytes.byteLength * paths.length;
    }
    if (mostBytes !== undefined && bytes >= mostBytes) break;
  }
  for (const id of ids.slice(read)) left.add(id);
}

function unreadProblem(problem: "missing" | "too-large", size: number | undefined): Omit<Problem, "path"> {
  const message =
    problem === "missing"
      ? "Git does not have this file's content; the other files were scanned."
      : `This file has ${size ?? "too many"} bytes, more than ${largestBlob} are not scanned; the other files were.`;
  return { scanner: "git", code: problem, message };
}
