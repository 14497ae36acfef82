/** Pipelines: each with the local templates that it pulls in is a unit, read and judged by the rules of its kind. */
import type { SourceFile } from "#model/source-file.ts";
import type { Survey, SurveyedFile, TreeScanner, TreeUnit } from "../tree-scanner.ts";
import { cicdLanguages } from "./cicd-languages.ts";
import { pipelineRulesVersion } from "./rules.generated.ts";

export const cicdScanner: TreeScanner = {
  name: "cicd",
  version: pipelineRulesVersion,
  selects: (path) => cicdLanguages.some((language) => language.selects(path)),
  survey,
  units,
  scan: ({ language: name, root }, files, context) => {
    const language = cicdLanguages.find((one) => one.name === name);
    return language?.scan(root, files, context) ?? { findings: [], problems: [], silenced: [], evaluations: [] };
  },
};

function survey(file: SourceFile): Survey {
  const found: Record<string, readonly string[]> = {};
  for (const language of cicdLanguages) {
    if (language.selects(file.path) && language.recognizes(file)) found[language.name] = language.links(file);
  }
  return found;
}

function units(files: readonly SurveyedFile[]): readonly TreeUnit[] {
  return cicdLanguages.flatMap(({ name, units: plan }) => {
    const own = files.flatMap(({ path, survey: { [name]: links } }) => (links ? [{ path, links }] : []));
    return own.length === 0 ? [] : plan(own).map((unit): TreeUnit => ({ language: name, ...unit }));
  });
}
