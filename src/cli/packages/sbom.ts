/** `sallyport sbom`: a bill of materials of a folder. The same files at the same commit give the same bytes. */
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { toCyclonedx } from "#scan/sbom/to-cyclonedx.ts";
import { toSpdx } from "#scan/sbom/to-spdx.ts";
import { headCommit } from "../scan/head-commit.ts";
import { writeToFile, writeToStdout } from "../scan/scan-output.ts";
import { isInGit, placeOf } from "../scan/scan-place.ts";
import { version } from "../version.ts";
import { problemLine } from "./packages.ts";
import { type ReadManifests, readManifests } from "./read-manifests.ts";

export interface SbomOptions {
  readonly format: "cyclonedx" | "spdx";
  readonly output?: string;
  readonly name?: string;
}

export async function runSbom(path: string, { format, output, name }: SbomOptions): Promise<number> {
  const { folder } = placeOf(path);
  const read = await readManifests(path);
  const commit = isInGit(folder) ? await headCommit(folder) : undefined;
  const subject = {
    name: name ?? basename(folder),
    ...(commit && { commit: commit.id }),
    time: (commit?.time ?? newestOf(folder, read)).toISOString(),
    toolVersion: version,
    hasGaps: read.problems.some(({ isNotice }) => !isNotice),
  };
  const text = format === "spdx" ? toSpdx(read.manifests, subject) : toCyclonedx(read.manifests, subject);
  await (output === undefined ? writeToStdout(text) : writeToFile(output, text));
  for (const problem of read.problems) console.error(problemLine(problem));
  return read.exitCode;
}

/** Outside of git: when the newest of the files that were read was written. */
function newestOf(folder: string, { manifests }: ReadManifests): Date {
  const times = manifests.map(({ path }) => statSync(resolve(folder, path), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return new Date(times.reduce((newest, time) => Math.max(newest, time), 0));
}
