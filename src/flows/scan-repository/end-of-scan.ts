/** How a scan ended, as its record tells it. */
import type { ScanOutcome, ScanStats } from "#model/scan.ts";
import type { Problem } from "#model/scan-result.ts";
import type { TreeResult } from "../scan-tree/scan-tree.ts";
import type { BegunScan } from "./recorded-scan.ts";

/** More are counted, not listed: nobody reads ten thousand of them. */
const listedProblems = 500;

export interface EndOfScan {
  readonly outcome: ScanOutcome;
  readonly stats: ScanStats;
  readonly problems: readonly Problem[];
  readonly at: Date;
}

/** What of a result its record tells. */
export type EndedScan = Pick<TreeResult, "problems" | "bytes" | "cache" | "notScanned">;

export function endOfScan(scan: BegunScan, files: number, result: EndedScan, at: Date): EndOfScan {
  const { problems, bytes, cache, notScanned } = result;
  return {
    outcome: problems.some(({ isNotice }) => !isNotice) ? "partial" : "complete",
    stats: { files, notScanned, bytes, milliseconds: at.getTime() - scan.started.getTime(), cache },
    problems: listed(problems),
    at,
  };
}

/** As many as a record holds. */
export function listed(problems: readonly Problem[]): readonly Problem[] {
  return problems.length > listedProblems ? [...problems.slice(0, listedProblems), rest(problems)] : problems;
}

function rest(problems: readonly Problem[]): Problem {
  const left = problems.length - listedProblems;
  return { scanner: "scan", code: "more", message: `${left} more files could not be read; these are the first.` };
}
