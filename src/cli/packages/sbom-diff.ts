/** `sallyport sbom diff`: what changed between two bills of materials, of whichever tool and format. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { PackageUse } from "#model/package-manifest.ts";
import { readers } from "#scan/packages/readers/sbom/sbom-reader.ts";
import { compareSboms, type ListedPackage, type SbomChanges, type VersionChange } from "#scan/sbom/compare-sboms.ts";
import { plainText } from "#scan/sbom/plain-text.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import { writeToStdout } from "../scan/scan-output.ts";
import { UsageError } from "../usage-error.ts";

export interface SbomDiffOptions {
  readonly format: "table" | "json";
}

export async function runSbomDiff(before: string, after: string, { format }: SbomDiffOptions): Promise<number> {
  const changes = compareSboms(await packagesIn(before), await packagesIn(after));
  await writeToStdout(format === "json" ? `${JSON.stringify(changes, null, 2)}\n` : table(changes));
  return 0;
}

async function packagesIn(path: string): Promise<readonly PackageUse[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${error.code ?? "unknown error"})`);
  });
  const file = sourceFileOf(basename(path), "", bytes);
  // Any of them: which format it is the content tells.
  const { manifests, problems } = readers[0]?.read(file, { get: () => undefined, paths: [] }) ?? {
    manifests: [],
    problems: [],
  };
  if (manifests.length === 0) throw new UsageError(`${path} is neither a CycloneDX nor an SPDX document`);
  const [problem] = problems;
  if (problem) throw new UsageError(`${path}:${problem.line ?? 1} cannot be read to its end: ${problem.message}`);
  return manifests.flatMap(({ packages }) => packages);
}

function table({ added, removed, changed, licenses }: SbomChanges): string {
  const rows = [
    ...added.map((one) => row("added", one, contentOf(one))),
    ...removed.map((one) => row("removed", one, contentOf(one))),
    ...changed.map((one) => row(words[one.direction], one, `${list(one.from)} -> ${list(one.to)}`)),
    ...licenses.map((one) => row("licence", one, `${list(one.from)} -> ${list(one.to)}`)),
  ];
  const counts = [
    `${added.length} added`,
    `${removed.length} removed`,
    `${changed.length} in other versions`,
    `${licenses.length} under other licences`,
  ];
  return [...rows, ...(rows.length > 0 ? [""] : []), counts.join(", "), ""].join("\n");
}

const words: Readonly<Record<VersionChange["direction"], string>> = { up: "raised", down: "lowered", other: "changed" };

function row(word: string, { ecosystem, name }: Pick<ListedPackage, "ecosystem" | "name">, content: string): string {
  return `${word.padEnd(8)} ${plainText(`${ecosystem} ${name} ${content}`).replace(/\s+/g, " ")}`;
}

function contentOf({ versions, licenses }: ListedPackage): string {
  return `${list(versions)}${licenses.length === 0 ? "" : ` (${licenses.join(", ")})`}`;
}

function list(all: readonly string[]): string {
  return all.length === 0 ? "(none)" : all.join(", ");
}
