/** What a scan missed, in words of a status: what one scanner could not read says nothing against the others. */
import type { Problem } from "#model/scan-result.ts";
import { ownScannerNames, type ScannerName } from "#model/scanner-name.ts";
import { packageJudges } from "#scan/packages/package-judges.ts";

const filesUnread = "some files could not be read";
const commitsUnsearched = "not all of its commits were searched";

/** Of a scan that is partial; of all its kinds, if none is given. Undefined if a kind missed nothing. */
export function sayUnread(unread: readonly Problem[], kind?: ScannerName): string | undefined {
  // Not whole for another reason: whole for nobody.
  if (unread.length === 0) return filesUnread;
  const concerning = unread.filter(({ scanner }) => kind === undefined || concerns(scanner, kind));
  if (concerning.length === 0) return undefined;
  if (!concerning.some(isAboutCommits)) return filesUnread;
  return concerning.every(isAboutCommits) ? commitsUnsearched : `${filesUnread}; ${commitsUnsearched}`;
}

/** No file shows what they hold: nobody who reads the pull request would miss it. */
export function isAboutCommits({ code }: Pick<Problem, "code">): boolean {
  return code === "commits-unread" || code === "versions-left";
}

function concerns(scanner: Problem["scanner"], kind: ScannerName): boolean {
  if (scanner === kind) return true;
  if (scanner === "packages" || scanner === "imports") return packageJudges.some((judge) => judge === kind);
  return !ownScannerNames.some((name) => name === scanner);
}
