/** What the tree scanners saw in the files of a scan, and the bytes of those files while there is room for them. */
import type { BlobToScan, ScannedBlob } from "#flows/scan-files/scan-pool.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import type { SurveyedTreeFile } from "#scan/plan-units.ts";
import type { TreeFile } from "#scan/tree-keys.ts";

export interface SurveyedFiles {
  /** Passes blobs on, and keeps hold of them until they were surveyed. */
  keeping(blobs: AsyncIterable<BlobToScan> | Iterable<BlobToScan>): AsyncIterable<BlobToScan>;
  add(blob: ScannedBlob): void;
  of(scanner: ScanPart): readonly SurveyedTreeFile[];
  /** Of all that means something to some scanner. */
  paths(): readonly string[];
  /** The bytes, if they are still there. */
  bytesOf(file: TreeFile): BlobToScan | undefined;
  readonly problems: readonly Problem[];
}

/** Files of infrastructure are small: this holds those of a large repository, and what is beyond is read again. */
const keptBytes = 64 * 1024 * 1024;

export function surveysIn(): SurveyedFiles {
  const files = new Map<ScanPart, SurveyedTreeFile[]>();
  const onTheWay = new Map<string, BlobToScan>();
  const kept = new Map<string, BlobToScan>();
  const problems: Problem[] = [];
  let room = keptBytes;
  return {
    problems,
    async *keeping(blobs) {
      for await (const blob of blobs) {
        onTheWay.set(nameOf(blob), blob);
        yield blob;
      }
    },
    add({ path, objectId, surveys }) {
      const name = nameOf({ path, objectId });
      const blob = onTheWay.get(name);
      onTheWay.delete(name);
      for (const { scanner, survey, problem } of surveys) {
        if (problem) problems.push(problem);
        if (Object.keys(survey).length === 0) continue;
        const own = files.get(scanner) ?? [];
        own.push({ path, objectId, survey });
        files.set(scanner, own);
        if (!blob || kept.has(name) || blob.bytes.byteLength > room) continue;
        room -= blob.bytes.byteLength;
        kept.set(name, { path, objectId, bytes: alone(blob.bytes) });
      }
    },
    of: (scanner) => files.get(scanner) ?? [],
    paths: () => [...files.values()].flatMap((own) => own.map(({ path }) => path)),
    bytesOf: (file) => kept.get(nameOf(file)),
  };
}

/** A part of a buffer would keep hold of all that was read with it. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength < bytes.buffer.byteLength ? bytes.slice() : bytes;
}

function nameOf({ path, objectId }: TreeFile): string {
  return `${objectId} ${path}`;
}
