/** The door of the room: bytes in, findings out. Nothing here touches disk, network or clock, and nothing throws. */
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import type { SourceFile } from "#model/source-file.ts";
import { cicdScanners } from "./cicd/cicd-scanners.ts";
import { emptyResult, type FileResult, type FileScanner, type ScanContext } from "./file-scanner.ts";
import { iacScanners } from "./iac/iac-scanners.ts";
import { isAsked } from "./is-asked.ts";
import { maskMessages, maskReasons } from "./mask-reasons.ts";
import { packagesScanners } from "./packages/packages-scanners.ts";
import { secretsScanner } from "./secrets/secrets-scanner.ts";
import type { Survey, TreeResult, TreeScanner, TreeScannerDoor, TreeUnit } from "./tree-scanner.ts";

const rooms = [iacScanners, packagesScanners, cicdScanners];

export const fileScanners: readonly FileScanner[] = [secretsScanner, ...rooms.flatMap((room) => room.file)];

/** Tree scanners are loaded when they are needed: their code and their catalogues are large. */
export const treeScannerDoors: readonly TreeScannerDoor[] = rooms.flatMap((room) => room.tree);

/** The result of one scanner on one blob; stored apart from the others because each has its own key. */
export interface ScannerResult {
  readonly scanner: ScanPart;
  readonly result: FileResult;
}

/** The file scanners that look at this path. */
export function scannersFor(path: string, scanners?: readonly ScanPart[]): readonly FileScanner[] {
  return fileScanners.filter((scanner) => isAsked(scanner, scanners) && scanner.pathClass(path) !== undefined);
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

/** The survey of one file; one that fails is a Problem beside an empty survey. */
export function surveyFile(
  scanner: TreeScanner,
  file: SourceFile,
): { readonly survey: Survey; readonly problem?: Problem } {
  try {
    return { survey: scanner.survey(file) };
  } catch (error) {
    return { survey: {}, problem: failure(scanner, error, "on this file", file.path) };
  }
}

/** A scanner that fails on a unit becomes a Problem, the other units are scanned. */
export function scanUnit(
  scanner: TreeScanner,
  unit: TreeUnit,
  files: readonly SourceFile[],
  context: ScanContext,
): TreeResult {
  try {
    return maskMessages(maskReasons(scanner.scan(unit, files, context), context), context);
  } catch (error) {
    const problem = failure(scanner, error, `on this ${unit.language} unit`, files[0]?.path ?? unit.root);
    return { ...emptyResult, evaluations: [], problems: [problem] };
  }
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
    return maskReasons(scanner.scan(file, context), context);
  } catch (error) {
    return { ...emptyResult, problems: [failure(scanner, error, "on this file", file.path)] };
  }
}

function failure({ name: scanner }: Pick<FileScanner, "name">, error: unknown, where: string, path: string): Problem {
  const name = error instanceof Error ? error.name : "unknown error";
  const message = `The scanner failed ${where} (${name}); other files are not affected.`;
  return { scanner, code: "failed", message, path };
}
