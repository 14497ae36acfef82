/** Infrastructure as code: surveys files by language, reads each unit to resources and judges them by the policies. */
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "../file-scanner.ts";
import type { Survey, SurveyedFile, TreeResult, TreeScanner, TreeUnit } from "../tree-scanner.ts";
import { type Catalogue, catalogueOf } from "./catalogue.ts";
import { evaluate } from "./evaluate.ts";
import type { Language } from "./language.ts";
import { languages } from "./languages.ts";
import { policies } from "./policies.generated.ts";
import { reportUnit } from "./report-unit.ts";

export const iacScanner: TreeScanner = iacScannerOf(catalogueOf(policies), policiesVersion());

/** The scanner over other policies than the built-in ones: those of a user, or a single one that is tried. */
export function iacScannerOf(catalogue: Catalogue, version: string): TreeScanner {
  return {
    name: "iac",
    version,
    selects: (path) => languages.some((language) => language.selects(path)),
    survey,
    units,
    scan: (unit, files, context) => scan(unit, files, context, catalogue),
  };
}

function survey(file: SourceFile): Survey {
  const found: Record<string, readonly string[]> = {};
  for (const language of languages) {
    if (!language.selects(file.path) || language.recognizes?.(file) === false) continue;
    found[language.name] = language.links(file);
  }
  return found;
}

function units(files: readonly SurveyedFile[]): readonly TreeUnit[] {
  return languages.flatMap(({ name, units: plan }) => {
    const own = files.flatMap(({ path, survey: { [name]: links } }) => (links ? [{ path, links }] : []));
    return own.length === 0 ? [] : plan(own).map(({ root, paths }): TreeUnit => ({ language: name, root, paths }));
  });
}

function scan(
  { language: name, root }: TreeUnit,
  files: readonly SourceFile[],
  context: ScanContext,
  catalogue: Catalogue,
): TreeResult {
  const language = languages.find((one): one is Language => one.name === name);
  if (!language) return { findings: [], problems: [], silenced: [], evaluations: [] };
  const { resources, problems } = language.read({ root, files });
  const judged = evaluate(resources, catalogue);
  const result = reportUnit({ root, language, files, catalogue, evaluated: judged.evaluated }, context);
  return { ...result, problems: [...problems, ...judged.problems, ...result.problems] };
}

function policiesVersion(): string {
  return "1";
}
