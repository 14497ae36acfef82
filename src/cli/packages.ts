/** `sallyport packages`: every package found. No scanner of this version reads lock files, so there are none. */
import { statSync } from "node:fs";
import type { PackageReference } from "#model/finding.ts";
import { writeToStdout } from "./scan-output.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

export interface PackagesOptions {
  readonly format: "table" | "json";
}

export async function runPackages(path: string, { format }: PackagesOptions): Promise<number> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw new UsageError(`there is no ${path}`);
  const packages: readonly PackageReference[] = [];
  const report = { tool: { name: "Sallyport", version }, packages, problems: [] };
  await writeToStdout(format === "json" ? `${JSON.stringify(report, null, 2)}\n` : "no packages\n");
  return 0;
}
