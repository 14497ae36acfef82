import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface SourceText {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
}

/** The project's own TypeScript below these folders: nothing generated, no fixtures. */
export function sourceFiles(...folders: readonly string[]): SourceText[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !/\.generated\.ts$|\/fixtures\/|\/dist\//.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") }));
}

/** The modules that a text imports, statically or dynamically. */
export function importsOf(text: string): string[] {
  const pattern = /\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"|\bimport\s+"([^"]+)"/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}
