/** Whether a kind of scan missed something: what one scanner could not read says nothing against the others. */
import type { Problem } from "#model/scan-result.ts";
import { ownScannerNames, type ScannerName } from "#model/scanner-name.ts";
import { packageJudges } from "#scan/packages/package-judges.ts";

export function isUnreadBy(kind: ScannerName, problems: readonly Problem[]): boolean {
  const unread = problems.filter(({ isNotice }) => !isNotice);
  // A scan that is not whole for another reason is whole for nobody.
  return unread.length === 0 || unread.some(({ scanner }) => concerns(scanner, kind));
}

function concerns(scanner: Problem["scanner"], kind: ScannerName): boolean {
  if (scanner === kind) return true;
  if (scanner === "packages" || scanner === "imports") return packageJudges.some((judge) => judge === kind);
  return !ownScannerNames.some((name) => name === scanner);
}
