/** Pipelines of GitLab among the files of a repository; each file is judged alone, what it includes is not looked up. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "../../file-scanner.ts";
import { positionOf } from "../../formats/text-file.ts";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import type { TreeResult } from "../../tree-scanner.ts";
import type { CicdLanguage } from "../cicd-language.ts";
import { reportHits } from "../report-hits.ts";
import { largestPipeline, tooLarge } from "../too-large.ts";
import { gitlabRules } from "./gitlab-rules.ts";
import { onePerPlace } from "./one-per-place.ts";
import { readGitlabPipeline } from "./read-gitlab-pipeline.ts";

const usualPath = /(?:^|\/)(?:[^/]*\.?gitlab-ci[^/]*\.ya?ml$|\.gitlab\/(?:ci|pipelines?|templates)\/)/i;
const nothing: TreeResult = { findings: [], problems: [], silenced: [], evaluations: [] };

export const gitlabCi: CicdLanguage = {
  name: "gitlab-ci",
  rules: gitlabRules,
  selects: (path) => /\.ya?ml$/i.test(path),
  recognizes: (file) => {
    const text = file.text();
    if (text === undefined) return false;
    return (
      usualPath.test(file.path) || (/^[ \t]+(?:before_|after_)?script[ \t]*:/m.test(text) && hasJob(file.path, text))
    );
  },
  links: () => [],
  units: (files) => files.map(({ path }) => ({ root: path, paths: [path] })),
  scan: (root, files, context) =>
    files.filter(({ path }) => path === root).map((file) => scanFile(file, context))[0] ?? nothing,
};

function hasJob(path: string, text: string): boolean {
  // Of one that is too large the beginning tells what it is; it is not read further.
  const beginning = text.length > largestPipeline ? text.slice(0, text.lastIndexOf("\n", largestPipeline) + 1) : text;
  const { documents } = readYaml({ path, text: beginning });
  return (
    readGitlabPipeline(
      path,
      documents.map(({ node }) => node),
    ) !== undefined
  );
}

function scanFile(source: SourceFile, context: ScanContext): TreeResult {
  const { path } = source;
  const text = source.text() ?? "";
  if (text.length > largestPipeline) return tooLarge(path, text);
  const { documents, problems: found } = readYaml({ path, text });
  const problems = found.map(({ code, message, place: { file, start } }): Problem => {
    const told = `This pipeline could not be read whole: ${message}.`;
    return { scanner: "cicd", code, message: told, path, line: positionOf(file, start).line };
  });
  const pipeline = readGitlabPipeline(
    path,
    documents.map(({ node }) => node),
  );
  if (!pipeline) return { ...nothing, problems };
  if (pipeline.leftOut > 0) {
    const message = `This pipeline has more jobs or lines of scripts than are looked at: ${pipeline.leftOut} were left out.`;
    problems.push({ scanner: "cicd", code: "too-large", message, path });
  }
  const judged = gitlabRules.map((rule) => {
    const answer = rule.check(pipeline, undefined);
    return { rule, answer: "is" in answer ? answer : onePerPlace(answer, rule.severity) };
  });
  const result = reportHits({ path, language: "gitlab-ci", whole: pipeline.body.at }, judged, context);
  return { ...result, problems: [...problems, ...result.problems] };
}
