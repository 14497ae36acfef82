/** What travels to a thread: blobs and units, and what is said of one that a thread was lost over. */
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import type { ScanContext } from "#scan/file-scanner.ts";
import type { TreeResult } from "#scan/tree-scanner.ts";
import type { Kind, Loss } from "./open-threads.ts";
import type { BlobToScan, BlobWords, UnitToScan } from "./scan-pool.ts";
import { packBytes, packed } from "./thread-messages.ts";

export function blobKind(context: ScanContext, surveys: boolean, milliseconds: number): Kind<BlobToScan, BlobWords> {
  return {
    milliseconds,
    message: (blobs) => ({ is: "blobs", files: blobs.map(packed), bytes: packBytes(blobs), context, surveys }),
    lost: ({ path }, why) => {
      const problem = lossOf("file", "scan", path, why);
      return {
        results: [{ scanner: "secrets", result: { findings: [], problems: [problem], silenced: [] } }],
        surveys: [],
      };
    },
  };
}

export function unitKind(context: ScanContext, milliseconds: number): Kind<UnitToScan, TreeResult> {
  return {
    milliseconds,
    message: (units) => ({
      is: "units",
      units: units.map(({ scanner, unit, files }) => ({ scanner, unit, files: files.map(packed) })),
      bytes: packBytes(units.flatMap(({ files }) => files)),
      context,
    }),
    lost: ({ scanner, unit, files }, why) => {
      const problem = lossOf(
        `${unit.language} unit of ${files.length} files`,
        scanner,
        files[0]?.path ?? unit.root,
        why,
      );
      return { findings: [], problems: [problem], silenced: [], evaluations: [] };
    },
  };
}

function lossOf(what: string, scanner: ScanPart | "scan", path: string, why: Loss): Problem {
  return why === "timed-out"
    ? {
        scanner,
        code: why,
        message: `Scanning this ${what} took too long and was stopped; others are not affected.`,
        path,
      }
    : { scanner, code: "failed", message: `Scanning this ${what} ended its thread; others are not affected.`, path };
}
