/**
 * Judges pipelines by a folder of labelled files: which rule fails where (`labels.jsonl`), and which files Azure would
 * refuse. Labels that we do not agree with, and rules that nobody planned, are counted apart.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isSpan } from "#model/span.ts";
import { scanPipeline } from "#scan/cicd/azure/azure-pipelines.ts";
import { cicdScanner } from "#scan/cicd/cicd-scanner.ts";
import { expandPipeline } from "#scan/formats/azure-pipeline/expand-pipeline.ts";
import { validatePipeline } from "#scan/formats/azure-pipeline/validate-pipeline.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { TreeResult } from "#scan/tree-scanner.ts";
import type { Narrowing } from "../conformance.ts";
import { table } from "./table.ts";

interface Label {
  readonly id: string;
  readonly kind: "ADO" | "GHA" | "GitLab" | "parser";
  readonly platform: "ado" | "gha" | "gitlab";
  readonly peer: string;
  readonly peerRule?: string | null;
  readonly rule: string | null;
  readonly file: string;
  readonly line?: number | null;
  readonly expect: "fail" | "pass" | "parse-ok" | "parse-error" | "unlabelled";
  readonly agree?: boolean | null;
  readonly anyOf?: readonly string[];
  readonly note?: string;
  readonly localRepository?: readonly string[];
}

interface Judged {
  readonly label: Label;
  readonly agrees: boolean;
  readonly found: string;
}

const context = { fingerprintKey: new Uint8Array(32), includePassed: true };

export async function runCicd(
  folder: string,
  output: string | undefined,
  { framework, ids }: Narrowing,
): Promise<void> {
  const files = join(folder, "files");
  const labels = readFileSync(join(folder, "labels.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Label)
    .filter(
      ({ kind, rule }) =>
        (framework ?? kind).toLowerCase() === kind.toLowerCase() && (ids?.includes(rule ?? "") ?? true),
    );
  const judged = labels.map((label) =>
    label.kind === "parser" ? judgeParsing(files, label) : judgeRule(files, label),
  );
  print(judged);
  if (output) {
    const lines = judged.filter(({ agrees }) => !agrees).map(({ label, found }) => JSON.stringify({ ...label, found }));
    writeFileSync(output, lines.map((line) => `${line}\n`).join(""));
  }
}

function judgeParsing(files: string, label: Label): Judged {
  const problems =
    label.platform === "ado"
      ? expansionProblems(files, label)
      : scanFile(files, label).problems.map(({ message }) => message);
  const agrees = label.expect === "unlabelled" || problems.length > 0 === (label.expect === "parse-error");
  return { label, agrees, found: problems[0] ?? "understood" };
}

/** Put together exactly, as Azure does it; each folder of a case is a repository of its own. */
function expansionProblems(files: string, { file, localRepository = [] }: Label): readonly string[] {
  const [project = ""] = file.split("/");
  const folders = new Map(
    localRepository.map((one) => [one.slice(0, one.lastIndexOf("@")), one.slice(one.indexOf("=") + 1)]),
  );
  const own = join(files, dirname(file));
  const opened = expandPipeline(
    { path: basename(file), text: readFileSync(join(files, file), "utf8") },
    (path, repository) => {
      const folder = repository ? folders.get(repository.name) : undefined;
      const full = repository ? folder && join(files, project, folder, path) : join(own, path);
      if (!full || !existsSync(full) || !statSync(full).isFile()) return { missing: "there is no such file" };
      return { path, text: readFileSync(full, "utf8"), ...(repository && { repository: repository.alias }) };
    },
    "exact",
  );
  const refused = opened.root ? validatePipeline(opened.root) : [];
  return [
    ...[...opened.problems, ...refused].map(({ message }) => message),
    ...opened.unresolved.map(({ template, reason }) => `${template}: ${reason}`),
  ];
}

const results = new Map<string, TreeResult>();

function scanFile(files: string, { file, platform, note = "" }: Label): TreeResult {
  const isOnGitHub = note.includes("repoType=GitHub");
  const key = `${file} ${platform} ${isOnGitHub}`;
  const before = results.get(key);
  if (before) return before;
  const bytes = readFileSync(join(files, file));
  const path = pathOf(file, platform);
  const source = sourceFileOf(path, createHash("sha1").update(bytes).digest("hex"), bytes);
  const units = cicdScanner.units([{ path, survey: cicdScanner.survey(source) }]);
  const joined =
    platform === "ado"
      ? scanPipeline(path, [source], context, isOnGitHub ? { repositoryKind: "github" } : {})
      : (units.map((unit) => cicdScanner.scan(unit, [source], context))[0] ?? nothing);
  results.set(key, joined);
  return joined;
}

/** What is not even taken for a pipeline is not understood. */
const nothing: TreeResult = {
  ...{ findings: [], silenced: [], evaluations: [] },
  problems: [{ scanner: "cicd", code: "syntax", message: "this is no pipeline" }],
};

/** The place where such a file would lie, for those that were cut out of tests. */
function pathOf(file: string, platform: Label["platform"]): string {
  if (platform === "gha" && !/(?:^|\/)(?:\.github\/|action\.ya?ml$)/.test(file))
    return `.github/workflows/${basename(file)}`;
  if (platform === "gitlab" && !/(?:^|\/)\.gitlab-ci\.ya?ml$|\.gitlab\//.test(file)) return ".gitlab-ci.yml";
  return file;
}

function judgeRule(files: string, label: Label): Judged {
  // Any of several rules may find it; only its own must be silent where nothing is wrong.
  const names = (label.expect === "fail" ? label.anyOf : undefined) ?? [label.rule ?? ""];
  const { findings, evaluations } = scanFile(files, label);
  const own = findings.filter(({ aliases }) => aliases.some((alias) => names.includes(alias)));
  const lines = own.map(({ at }) => (isSpan(at) ? at.startLine : 0));
  // Others name the line of the step; ours is that of the text.
  const ofSteps = own.flatMap(({ resource }) => (resource?.at ? [resource.at.startLine] : []));
  const isFound = label.line ? [...lines, ...ofSteps].includes(label.line) : own.length > 0;
  const unknown = evaluations.some(
    ({ aliases, result }) => result === "unknown" && aliases.some((alias) => names.includes(alias)),
  );
  const isFoundAnywhere = own.length > 0;
  const agrees = label.expect === "fail" ? isFound : !(label.line ? isFound : isFoundAnywhere);
  return {
    label,
    agrees,
    found: isFoundAnywhere ? `fails at ${lines.join(", ")}` : unknown ? "not evaluated" : "passes",
  };
}

function print(judged: readonly Judged[]): void {
  const isCounted = ({ label }: Judged): boolean =>
    label.kind === "parser" || (label.agree === true && label.rule !== null);
  const counted = judged.filter(isCounted);
  const rows = [
    ...Map.groupBy(counted, ({ label }) => `${label.kind} ${label.kind === "parser" ? label.expect : label.rule}`),
  ]
    .toSorted(([one], [two]) => (one < two ? -1 : 1))
    .map(([name, group]) => [name, group.length, group.filter(({ agrees }) => agrees).length]);
  console.log(table(["rule", "labels", "agree"], rows));
  for (const { label, found } of counted.filter(({ agrees }) => !agrees)) {
    console.log(
      `  ${label.id} ${label.file}:${label.line ?? "*"} ${label.rule ?? ""} should be ${label.expect}: ${found}`,
    );
  }
  const disputed = judged.filter((one) => !isCounted(one) && one.label.rule !== null);
  console.log(`\n${share(disputed)} of the labels that are disputed or not decided, which do not count`);
  for (const kind of ["ADO", "GHA", "GitLab", "parser"] as const) {
    const own = counted.filter(({ label }) => label.kind === kind);
    if (own.length > 0) console.log(`${kind}: ${share(own)}`);
  }
}

function share(judged: readonly Judged[]): string {
  const agreeing = judged.filter(({ agrees }) => agrees).length;
  return `${agreeing} of ${judged.length} (${((100 * agreeing) / Math.max(1, judged.length)).toFixed(1)} %)`;
}
