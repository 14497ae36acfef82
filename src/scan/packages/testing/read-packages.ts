/** Reads files given as texts the way a scan does: surveyed, divided into units, each unit read. */
import { createHash } from "node:crypto";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { packagesScanner } from "../packages-scanner.ts";

export interface ReadFiles {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
  /** `name@version path:line` of every package, sorted; development ones end in ` dev`, transitive ones in ` transitive`. */
  readonly lines: readonly string[];
}

export function readPackages(texts: Readonly<Record<string, string>>): ReadFiles {
  const files = Object.entries(texts)
    .filter(([path]) => packagesScanner.selects(path))
    .map(([path, text]) => sourceFileOf(path, createHash("sha1").update(text).digest("hex"), Buffer.from(text)));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const units = packagesScanner.units(files.map((file) => ({ path: file.path, survey: packagesScanner.survey(file) })));
  const results = units.map((unit) =>
    packagesScanner.scan(
      unit,
      unit.paths.flatMap((path) => byPath.get(path) ?? []),
      { fingerprintKey: new Uint8Array(32) },
    ),
  );
  const manifests = results.flatMap((result) => result.manifests ?? []);
  const lines = manifests.flatMap(({ packages }) =>
    packages.map(({ name, version, at, isDevelopment, relation }) => {
      const marks = `${isDevelopment ? " dev" : ""}${relation === "transitive" ? " transitive" : ""}`;
      return `${name}@${version ?? "?"} ${at.path}:${at.startLine}${marks}`;
    }),
  );
  return { manifests, problems: results.flatMap(({ problems }) => problems), lines: lines.sort() };
}
