/** Versions of code, each a hash of what it is made of: what was worked out by other code before is worked out again. */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface CodeVersion {
  /** The file that exports it, and by which name. */
  readonly into: string;
  readonly name: string;
  /** Files, and folders with all below them. */
  readonly of: readonly string[];
  readonly without?: readonly string[];
}

/** Of code whose catalogue has a version of its own, scripts/generate.ts says so. */
export const versions: readonly CodeVersion[] = [
  {
    into: "src/scan/judges-version.generated.ts",
    name: "judgesVersion",
    of: ["src/scan/vulnerabilities", "src/scan/licenses", "src/scan/operational-risk", "src/scan/packages"],
  },
  {
    into: "src/scan/secrets/engine-version.generated.ts",
    name: "engineVersion",
    of: ["src/scan/secrets", "src/scan/formats", "src/scan/settings/path-glob.ts", "src/model/severity.ts"],
    without: ["src/scan/secrets/examples", "src/scan/secrets/live"],
  },
];

const root = fileURLToPath(new URL("../", import.meta.url));

/** Code and its data; tests and what scripts/generate.ts writes do not count. */
export function codeIn(of: readonly string[], without: readonly string[] = []): readonly string[] {
  return globSync(
    of.flatMap((path) => [path, `${path}/**/*`]),
    { cwd: root },
  )
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.(?:ts|json|wat)$/.test(path) && !/\.(?:test|generated)\.ts$/.test(path))
    .filter((path) => !without.some((folder) => path.startsWith(`${folder}/`)))
    .sort();
}

export function hashOfCode(of: readonly string[], without?: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of codeIn(of, without)) hash.update(path).update(readFileSync(root + path));
  return hash.digest("hex").slice(0, 16);
}
