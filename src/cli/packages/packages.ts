/** `sallyport packages`: every package that the files of a folder name, with the line where each stands. */
import type { PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { purlOf } from "#scan/packages/purl.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import { writeToStdout } from "../scan/scan-output.ts";
import { version } from "../version.ts";
import { type ReadManifests, readManifests } from "./read-manifests.ts";

export interface PackagesOptions {
  readonly format: "table" | "json";
}

export async function runPackages(path: string, { format }: PackagesOptions): Promise<number> {
  const read = await readManifests(path);
  await writeToStdout(format === "json" ? json(read) : table(read));
  return read.exitCode;
}

function json({ manifests, problems }: ReadManifests): string {
  const packages = manifests.flatMap(({ path: manifest, format, packages: all }) =>
    // Positions in a list that is not printed tell nothing: names do.
    all.map(({ dependsOn, ...one }) => ({
      ...{ manifest, format, purl: purlOf(one), ...one },
      ...(dependsOn && { dependsOn: dependsOn.flatMap((position) => purlAt(all, position)) }),
    })),
  );
  return `${JSON.stringify({ tool: { name: "Sallyport", version }, packages, problems }, null, 2)}\n`;
}

function purlAt(all: readonly PackageUse[], position: number): readonly string[] {
  const one = all[position];
  return one ? [purlOf(one)] : [];
}

function table({ manifests: read, problems }: ReadManifests): string {
  // Settings of package managers are manifests too, without packages.
  const manifests = read.filter(({ packages }) => packages.length > 0);
  const lines = manifests.flatMap(({ path, format, packages }) => [
    plainText(`${path} (${format})`),
    ...packages.map((one) =>
      plainText(`  ${one.name} ${one.version ?? one.requirement ?? "(no version)"}${marks(one)}  ${placeOf(one)}`),
    ),
    "",
  ]);
  const count = manifests.reduce((sum, { packages }) => sum + packages.length, 0);
  const summary =
    count === 0
      ? "no packages"
      : `${count} packages in ${manifests.length} manifest${manifests.length === 1 ? "" : "s"}`;
  return [...lines, ...problems.map(problemLine), summary, ""].join("\n");
}

function marks({ relation, isDevelopment, providedBy }: PackageUse): string {
  const words = [
    relation === "unknown" ? undefined : relation,
    isDevelopment ? "development" : undefined,
    providedBy === undefined ? undefined : `provided by ${providedBy}`,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

function placeOf({ at }: PackageUse): string {
  return `${at.path}:${at.startLine}`;
}

export function problemLine({ isNotice, path, line, message }: Problem): string {
  const place = path === undefined ? "" : `${path}${line === undefined ? "" : `:${line}`}: `;
  return plainText(`${isNotice ? "notice  " : "problem "}  ${place}${message}`);
}
