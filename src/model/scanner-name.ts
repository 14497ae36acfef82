/** The scanners of the house, and `imported` for what others found; a rule's id begins with the name of its scanner. */
export const ownScannerNames = ["secrets", "iac", "vulnerabilities", "licenses", "operational-risk", "cicd"] as const;

export const scannerNames = [...ownScannerNames, "imported"] as const;

export type ScannerName = (typeof scannerNames)[number];

/** A part of a scan: a scanner, or one of those that only read what the scanners of packages judge afterwards. */
export type ScanPart = ScannerName | "packages" | "imports";
