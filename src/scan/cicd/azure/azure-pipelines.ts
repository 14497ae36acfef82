/** Azure Pipelines among the files of a repository: which are pipelines, which templates belong to each, and their judgement. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "../../file-scanner.ts";
import { type ExpandedPipeline, expandPipeline } from "../../formats/azure-pipeline/expand-pipeline.ts";
import { positionOf } from "../../formats/text-file.ts";
import type { TreeResult } from "../../tree-scanner.ts";
import type { CicdLanguage, LinkedFile } from "../cicd-language.ts";
import type { Editable } from "../edits/prove-edits.ts";
import type { Judged } from "../judged.ts";
import { reportHits } from "../report-hits.ts";
import { pipelineRules } from "../rules.generated.ts";
import type { Pipeline } from "./pipeline.ts";
import type { PipelineFacts } from "./pipeline-facts.ts";
import { readPipeline } from "./read-pipeline.ts";
import { isBareTemplate, looksLikePipeline, looksLikeRoot, namedTemplates } from "./recognize.ts";
import { taintOf } from "./taint.ts";

/** Said of a file beside the templates it names: Azure starts it by itself, so it is no mere template. */
const rootMark = "*root";
const largestUnit = 200;

export const azurePipelines: CicdLanguage = {
  name: "azure-pipelines",
  rules: pipelineRules,
  selects: (path) => /\.ya?ml$/i.test(path) && !/(?:^|\/)\.(?:github|gitlab|circleci)(?:\/|-ci)/i.test(path),
  recognizes: (file) => looksLikePipeline(file.path, file.text() ?? ""),
  links: (file) => {
    const text = file.text() ?? "";
    return [...(looksLikeRoot(file.path, text) ? [rootMark] : []), ...namedTemplates(file.path, text)];
  },
  units,
  scan: (root, files, context) => scanPipeline(root, files, context),
};

/** A file that others call is a template and judged with them, unless it is started by itself. */
function units(files: readonly LinkedFile[]): readonly { readonly root: string; readonly paths: readonly string[] }[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const called = new Set(files.flatMap(({ path, links }) => links.filter((link) => link !== path)));
  const placed = new Set<string>();
  const unitOf = (root: string) => {
    const paths = new Set([root]);
    for (const one of paths) {
      for (const link of byPath.get(one)?.links ?? []) {
        if (paths.size < largestUnit && byPath.has(link)) paths.add(link);
      }
    }
    for (const path of paths) placed.add(path);
    return { root, paths: [...paths] };
  };
  const roots = files.filter(({ path, links }) => links.includes(rootMark) || !called.has(path));
  const units = roots.map(({ path }) => unitOf(path));
  // Templates that call each other, and that nothing else calls.
  for (const { path } of files) if (!placed.has(path)) units.push(unitOf(path));
  return units;
}

export function scanPipeline(
  root: string,
  files: readonly SourceFile[],
  context: ScanContext,
  facts: PipelineFacts = {},
): TreeResult {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const texts = new Map<string, string>();
  const read = (path: string): string | undefined => {
    const text = texts.get(path) ?? byPath.get(path)?.text();
    if (text !== undefined) texts.set(path, text);
    return text;
  };
  const text = read(root);
  if (text === undefined) return { findings: [], problems: [], silenced: [], evaluations: [] };
  const { expanded, pipeline, judged } = judgePipeline(root, text, read, facts);
  const problems = expanded.problems.map(({ message, place, code }): Problem => {
    const { line } = positionOf(place.file, place.start);
    const told = `This pipeline could not be put together whole: ${message}. The rest was judged.`;
    return {
      scanner: "cicd",
      code,
      message: told,
      path: place.file.path,
      line,
      ...(code === "syntax" && pipeline && { isNotice: true }),
    };
  });
  if (!pipeline) return { findings: [], problems, silenced: [], evaluations: [] };
  const whole = { file: expanded.file, start: pipeline.root.at.start, end: pipeline.root.at.end };
  const places = new Map([...pipeline.jobs, ...pipeline.steps].map(({ address, node }) => [address, node.at]));
  const judgeAgain: Editable["judgeAgain"] = (changed) => {
    const again = judgePipeline(root, changed.get(root) ?? "", (path) => changed.get(path), facts);
    return again.pipeline && again.expanded.problems.length <= expanded.problems.length ? again.judged : undefined;
  };
  const editable = { texts, judgeAgain };
  const result = reportHits({ path: root, language: "azure-pipelines", whole, places, editable }, judged, context);
  return { ...result, problems: [...problems, ...result.problems] };
}

interface JudgedFiles {
  readonly expanded: ExpandedPipeline;
  /** Undefined if the file is no pipeline. */
  readonly pipeline: Pipeline | undefined;
  readonly judged: readonly Judged[];
}

function judgePipeline(
  root: string,
  text: string,
  read: (path: string) => string | undefined,
  facts: PipelineFacts,
): JudgedFiles {
  const opened = new Map([[root, { path: root, text }]]);
  const expanded = expandPipeline({ path: root, text }, (path, repository) => {
    if (repository) return { missing: `it is kept in another repository (${repository.alias})` };
    const before = opened.get(path);
    if (before) return before;
    const content = read(path);
    if (content === undefined) return { missing: "there is no such file" };
    const file = { path, text: content };
    opened.set(path, file);
    return file;
  });
  const pipeline = readPipeline(expanded);
  if (!pipeline) return { expanded, pipeline, judged: [] };
  const subject = { pipeline, taint: taintOf(pipeline, facts.queueVariables), isTemplate: isBareTemplate(root, text) };
  const judged = pipelineRules.map((rule): Judged => ({ rule, answer: rule.check(subject, facts) }));
  return { expanded, pipeline, judged };
}
