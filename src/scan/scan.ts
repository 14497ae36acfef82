/** The door of the room: bytes in, findings out. Nothing here touches disk, network or clock, and nothing throws. */
import type { Problem } from "#model/scan-result.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { SourceFile } from "#model/source-file.ts";
import { cicdScanners } from "./cicd/cicd-scanners.ts";
import { emptyResult, type FileResult, type FileScanner, type ScanContext } from "./file-scanner.ts";
import { iacScanners } from "./iac/iac-scanners.ts";
import { licensesScanners } from "./licenses/licenses-scanners.ts";
import { operationalRiskScanners } from "./operational-risk/operational-risk-scanners.ts";
import { secretsScanner } from "./secrets/secrets-scanner.ts";
import type { TreeScanner } from "./tree-scanner.ts";
import { vulnerabilitiesScanners } from "./vulnerabilities/vulnerabilities-scanners.ts";

const rooms = [iacScanners, vulnerabilitiesScanners, licensesScanners, operationalRiskScanners, cicdScanners];

export const fileScanners: readonly FileScanner[] = [secretsScanner, ...rooms.flatMap((room) => room.file)];

export const treeScanners: readonly TreeScanner[] = rooms.flatMap((room) => room.tree);

/** The result of one scanner on one blob; stored apart from the others because each has its own key. */
export interface ScannerResult {
  readonly scanner: ScannerName;
  readonly result: FileResult;
}

/** The file scanners that look at this path. */
export function scannersFor(path: string, scanners?: readonly ScannerName[]): readonly FileScanner[] {
  return fileScanners.filter(
    (scanner) => (scanners === undefined || scanners.includes(scanner.name)) && scanner.pathClass(path) !== undefined,
  );
}

/** Runs the asked-for file scanners one by one. A scanner that fails becomes a Problem, the others go on. */
export function scanFileByScanner(file: SourceFile, context: ScanContext): readonly ScannerResult[] {
  return scannersFor(file.path, context.scanners).map((scanner) => ({
    scanner: scanner.name,
    result: runScanner(scanner, file, context),
  }));
}

/** Runs the asked-for file scanners and joins their results. */
export function scanFile(file: SourceFile, context: ScanContext): FileResult {
  return joinResults(scanFileByScanner(file, context).map(({ result }) => result));
}

function joinResults(results: readonly FileResult[]): FileResult {
  const [only, ...others] = results;
  if (only === undefined) return emptyResult;
  if (others.length === 0) return only;
  return {
    findings: results.flatMap((result) => result.findings),
    problems: results.flatMap((result) => result.problems),
    silenced: results.flatMap((result) => result.silenced),
  };
}

function runScanner(scanner: FileScanner, file: SourceFile, context: ScanContext): FileResult {
  try {
    return scanner.scan(file, context);
  } catch (error) {
    const problem: Problem = {
      scanner: scanner.name,
      code: "failed",
      message: `The scanner failed on this file (${error instanceof Error ? error.name : "unknown error"}); other files are not affected.`,
      path: file.path,
    };
    return { ...emptyResult, problems: [problem] };
  }
}
