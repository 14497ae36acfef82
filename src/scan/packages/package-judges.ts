import type { ScannerName } from "#model/scanner-name.ts";

/** What is judged from the packages that a repository names, by what the world knows. */
export const packageJudges = ["vulnerabilities", "licenses", "operational-risk"] as const satisfies ScannerName[];
