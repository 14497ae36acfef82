import type { ScanStats } from "#model/scan.ts";

/** `; not scanned: 3 binary files, 1 too large`, or nothing. */
export function notScannedText({ notScanned }: Pick<ScanStats, "notScanned">): string {
  const { binary = 0, tooLarge = 0 } = notScanned ?? {};
  const parts = [
    ...(binary > 0 ? [`${binary} binary ${binary === 1 ? "file" : "files"}`] : []),
    ...(tooLarge > 0 ? [`${tooLarge} too large`] : []),
  ];
  return parts.length === 0 ? "" : `; not scanned: ${parts.join(", ")}`;
}
