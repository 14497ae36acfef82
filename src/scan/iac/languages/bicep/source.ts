/** Files of a unit, each parsed once, and what they lead to: modules, imports, loaded files. */
import type { SourceFile } from "#model/source-file.ts";
import { parseBicep } from "../../../formats/bicep/parse-bicep.ts";
import type { Expression, OutputStatement } from "../../../formats/bicep/syntax.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { folderOf, resolvePath } from "../folder-path.ts";
import type { Named, Source } from "./template.ts";

export interface ParsedSource extends Source {
  readonly problems: readonly FormatProblem[];
}

const parsed = new WeakMap<SourceFile, ParsedSource>();

/** Undefined for what is no text, and for compiled templates that are called as modules. */
export function sourceOf(file: SourceFile): ParsedSource | undefined {
  if (!/\.bicep(?:param)?$/i.test(file.path)) return undefined;
  const known = parsed.get(file);
  if (known) return known;
  const text = file.text();
  if (text === undefined) return undefined;
  const source = opened(file.path, text);
  parsed.set(file, source);
  return source;
}

function opened(path: string, text: string): ParsedSource {
  const file = { path, text };
  const { statements, problems } = parseBicep(file);
  const names = new Map<string, Named>();
  const outputs = new Map<string, OutputStatement>();
  const unnamed = new Set(["extension", "using", "extends", "metadata", "assert", "targetScope"]);
  for (const statement of statements) {
    if (statement.is === "output") outputs.set(statement.name.name, statement);
    else if (statement.is === "import") {
      if (typeof statement.names === "string") names.set(statement.names, { is: "namespace", statement });
      else for (const { name, as } of statement.names) names.set(as, { is: "imported", statement, name });
    } else if ("name" in statement && !unnamed.has(statement.is)) names.set(statement.name.name, statement);
  }
  return { file, statements, names, outputs, problems };
}

/** The path of a file in the repository; undefined for registries, template specs and what is not written out. */
export function localPath(from: string, written: Expression | undefined): string | undefined {
  const path = written?.is === "literal" && typeof written.value === "string" ? written.value : undefined;
  return path === undefined ? undefined : pathFrom(from, path);
}

export function pathFrom(from: string, path: string): string | undefined {
  if (path === "" || /^(?:br|ts|az|oci)[:/]/.test(path) || path.startsWith("/")) return undefined;
  return resolvePath(folderOf(from), path);
}

/** Files of the repository that this one needs. */
export function linksOf(file: SourceFile): readonly string[] {
  const source = sourceOf(file);
  if (!source) return [];
  const paths = source.statements.map((statement) => {
    if (
      statement.is === "module" ||
      statement.is === "import" ||
      statement.is === "using" ||
      statement.is === "extends"
    ) {
      return localPath(file.path, statement.path);
    }
    return undefined;
  });
  const loads = [...source.file.text.matchAll(/\bload\w{4,40}\(\s*'([^'$\\\n]{1,300})'/g)];
  paths.push(...loads.map(([, path = ""]) => pathFrom(file.path, path)));
  return [...new Set(paths.filter((path) => path !== undefined))];
}
