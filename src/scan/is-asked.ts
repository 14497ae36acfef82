import type { ScannerName, ScanPart } from "#model/scanner-name.ts";

interface Part {
  readonly name: ScanPart;
  /** The scanners that need it, if not the one of its own name. */
  readonly serves?: readonly ScannerName[];
}

/** True if the part runs when these are asked for; all run if none is named. */
export function isAsked({ name, serves = [] }: Part, asked: readonly ScanPart[] | undefined): boolean {
  return asked?.some((one) => one === name || serves.some((served) => served === one)) ?? true;
}
