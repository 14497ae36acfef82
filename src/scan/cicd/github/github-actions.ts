/** Workflows and actions of GitHub among the files of a repository; each is judged alone. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "../../file-scanner.ts";
import { type Place, positionOf } from "../../formats/text-file.ts";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import type { TreeResult } from "../../tree-scanner.ts";
import type { CicdLanguage } from "../cicd-language.ts";
import type { Editable } from "../edits/prove-edits.ts";
import type { Judged } from "../judged.ts";
import { reportHits } from "../report-hits.ts";
import { largestPipeline, tooLarge } from "../too-large.ts";
import { firstOverfull, mostInFile, mostInText } from "./find-expressions.ts";
import { githubRules } from "./github-rules.ts";
import { placesOfHits } from "./places-of-hits.ts";
import { readGithubFile } from "./read-github-file.ts";
import type { GithubFile } from "./workflow.ts";

const workflowPath = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/i;
const nothing: TreeResult = { findings: [], problems: [], silenced: [], evaluations: [] };

export const githubActions: CicdLanguage = {
  name: "github-actions",
  rules: githubRules,
  selects: (path) => /\.ya?ml$/i.test(path),
  recognizes: (file) => {
    const text = file.text();
    if (text === undefined) return false;
    return workflowPath.test(file.path) || isWorkflow(text) || isAction(text);
  },
  links: () => [],
  units: (files) => files.map(({ path }) => ({ root: path, paths: [path] })),
  scan: (root, files, context) =>
    files.filter(({ path }) => path === root).map((file) => scanFile(file, context))[0] ?? nothing,
};

function isWorkflow(text: string): boolean {
  return /^["']?on["']?\s*:/m.test(text) && /^["']?jobs["']?\s*:/m.test(text);
}

function isAction(text: string): boolean {
  // Within a line: over lines, time would grow with the square of the empty ones.
  return /^runs\s*:/m.test(text) && /^[ \t]+["']?using["']?[ \t]*:/m.test(text);
}

function scanFile(source: SourceFile, context: ScanContext): TreeResult {
  const { path } = source;
  const text = source.text() ?? "";
  if (text.length > largestPipeline) return tooLarge(path, text);
  const { documents, problems: found } = readYaml({ path, text });
  const problems = found.map(({ code, message, place: { file, start } }): Problem => {
    const told = `This workflow could not be read whole: ${message}.`;
    return { scanner: "cicd", code, message: told, path, line: positionOf(file, start).line };
  });
  const subject = readGithubFile(path, documents[0]?.node);
  const whole = documents[0]?.at;
  if (!subject || !whole) return { ...nothing, problems };
  if (subject.leftOut > 0) {
    const message = `This file has more jobs or steps than are looked at: ${subject.leftOut} were left out.`;
    problems.push({ scanner: "cicd", code: "too-large", message, path });
  }
  const overfull = firstOverfull(subject.body);
  if (overfull) problems.push(tooManyExpressions(path, overfull.from ?? overfull.at));
  const judged = judge(subject);
  const places = placesOfHits(
    subject,
    judged.flatMap(({ answer }) => ("is" in answer ? [] : answer)),
  );
  const judgeAgain: Editable["judgeAgain"] = (texts) => {
    const again = readYaml({ path, text: texts.get(path) ?? "" });
    const changed = readGithubFile(path, again.documents[0]?.node);
    return changed && again.problems.length <= found.length ? judge(changed) : undefined;
  };
  const editable = { texts: new Map([[path, whole.file.text]]), judgeAgain };
  const result = reportHits({ path, language: "github-actions", whole, places, editable }, judged, context);
  return { ...result, problems: [...problems, ...result.problems] };
}

function tooManyExpressions(path: string, { file, start }: Place): Problem {
  const message = `There are more expressions than are looked at: the first ${mostInText} of a text, the first ${mostInFile} of a file.`;
  return { scanner: "cicd", code: "too-large", message, path, line: positionOf(file, start).line };
}

function judge(subject: GithubFile): readonly Judged[] {
  return githubRules.map((rule) => ({ rule, answer: rule.check(subject, undefined) }));
}
