import { ownScannerNames, type ScanPart } from "#model/scanner-name.ts";

/** The asked-for scanners but the one for secrets: for a source whose secrets are sought elsewhere. */
export function withoutSecrets(asked: readonly ScanPart[] | undefined): readonly ScanPart[] {
  return (asked ?? [...ownScannerNames, "packages", "imports"]).filter((name) => name !== "secrets");
}
