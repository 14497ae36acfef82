/** Writes a look at an organization down: for a terminal, as JSON with everything, or as rows for a spreadsheet. */
import { csvField } from "#api/shapes/csv-field.ts";
import type { Judgement } from "#flows/posture/judge-facts.ts";
import type { AttackPath } from "#model/posture/attack-path.ts";
import { type Fact, whyUnknown } from "#model/posture/fact.ts";
import { type FactKey, factKeys, factKind } from "#model/posture/fact-key.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer, PostureResult } from "#model/posture/posture-result.ts";
import { compareSeverity, severities } from "#model/severity.ts";
import { postureWords } from "#scan/posture/posture-words.ts";
import { plainText } from "#scan/reports/plain-text.ts";

/** What a look at an organization gave. */
export interface PostureReport {
  readonly facts: OrganizationFacts;
  readonly calls: { readonly total: number; readonly byKey: Readonly<Partial<Record<FactKey, number>>> };
  readonly judgement: Judgement;
  readonly at: Date;
}

interface RenderOptions {
  readonly format: "table" | "json" | "csv";
  readonly colour: boolean;
  readonly includePassed?: boolean;
}

export function renderPosture(report: PostureReport, options: RenderOptions): string {
  const shown = report.judgement.results
    .filter(({ answer }) => answer.is !== "pass" || options.includePassed === true)
    .toSorted(worstFirst);
  switch (options.format) {
    case "json":
      return toJson(report, shown);
    case "csv":
      return toCsv(report, shown);
    case "table":
      return toTable(report, shown, options.colour);
  }
}

function worstFirst(a: PostureResult, b: PostureResult): number {
  const [ours, theirs] = [a.answer, b.answer];
  if (ours.is === "fail" && theirs.is === "fail") return compareSeverity(ours.severity, theirs.severity);
  return order.indexOf(ours.is) - order.indexOf(theirs.is);
}

const order: readonly PostureAnswer["is"][] = ["fail", "not-evaluated", "pass"];

function toJson({ facts, calls, judgement, at }: PostureReport, results: readonly PostureResult[]): string {
  const { paths, bills, gaps } = judgement;
  const organization = { id: facts.id, name: facts.name, url: facts.url };
  const projects = facts.projects.map(({ id, name }) => ({ id, name }));
  const withWords = results.map((result) => ({ ...result, title: postureWords.get(result.rule)?.title }));
  const document = {
    at,
    organization,
    projects,
    calls,
    results: withWords,
    attackPaths: paths,
    pipelines: bills,
    gaps,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function toCsv({ facts }: PostureReport, results: readonly PostureResult[]): string {
  const projects = new Map<string, string>(facts.projects.map(({ id, name }) => [id, name]));
  const head = ["answer", "severity", "rule", "title", "project", "resource", "name", "why", "fix", "address"];
  const rows = results.map(({ rule, resource, answer }) => [
    answer.is,
    answer.is === "fail" ? answer.severity : "",
    rule,
    postureWords.get(rule)?.title ?? "",
    projects.get(resource.projectId ?? "") ?? "",
    resource.kind,
    resource.name,
    answer.is === "fail" ? answer.why : answer.is === "not-evaluated" ? answer.reason : "",
    answer.is === "fail" ? (answer.fix ?? "") : "",
    resource.url ?? "",
  ]);
  return [head, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

const colours = { critical: "\x1b[1;31m", high: "\x1b[31m", medium: "\x1b[33m", low: "\x1b[36m" } as const;

function toTable(report: PostureReport, results: readonly PostureResult[], colour: boolean): string {
  const { facts, calls, judgement } = report;
  const paint = (style: string, text: string) => (colour ? `${style}${text}\x1b[0m` : text);
  const projects = new Map<string, string>(facts.projects.map(({ id, name }) => [id, name]));
  const failures = results.flatMap(({ rule, resource, answer }) => {
    if (answer.is !== "fail") return [];
    const project = projects.get(resource.projectId ?? "");
    const place = [project, `${resource.kind} ${resource.name}`].filter((part) => part !== undefined).join(" / ");
    const fix = answer.fix === undefined ? [] : [`          fix: ${plainText(answer.fix)}`];
    const head = `${paint(colours[answer.severity], answer.severity.padEnd(8))}  ${plainText(place)}`;
    return [head, `          ${plainText(answer.why)}  (${rule})`, ...fix];
  });
  const passed = results.flatMap(({ rule, resource, answer }) =>
    answer.is === "pass" ? [`pass      ${plainText(`${resource.kind} ${resource.name}`)}  (${rule})`] : [],
  );
  const unknowns = unknownFacts(report);
  const blocks = [
    failures,
    passed,
    judgement.paths.flatMap((path) => pathLines(path, paint)),
    unknowns.map((words) => `unknown   ${plainText(words)}`),
    [...countLines(report.judgement.results), `${calls.total} calls of Azure DevOps`],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function pathLines(
  { severity, entry, target, edges, cut }: AttackPath,
  paint: (style: string, text: string) => string,
) {
  const [change] = cut.changes;
  return [
    `${paint(colours[severity], severity.padEnd(8))}  path: ${plainText(entry.name)} -> ${plainText(target.name)}`,
    ...edges.flatMap(({ says, guards }, index) => [
      `          ${index + 1}. ${plainText(says)}`,
      ...guards.map((guard) => `             ${plainText(guard)}`),
    ]),
    ...(change ? [`          cut: ${plainText(change.what)} (ends ${change.closes} of ${change.of} paths)`] : []),
  ];
}

/** What is not known, once for the organization or for so many projects. */
function unknownFacts({ facts }: PostureReport): readonly string[] {
  return factKeys.flatMap((key) => {
    const found: readonly Fact<unknown>[] =
      factKind(key).of === "organization"
        ? [facts[key as "pools"]]
        : facts.projects.map((project) => project[key as "definitions"]);
    const missing = found.filter((fact) => fact.is === "unknown");
    const worst = whyUnknown.flatMap((why) => missing.find((one) => one.why === why) ?? [])[0];
    if (!worst) return [];
    const of = factKind(key).of === "project" ? ` of ${missing.length} of ${found.length} projects` : "";
    return [`${factKind(key).title}${of}: ${worst.reason}`];
  });
}

function countLines(results: readonly PostureResult[]): readonly string[] {
  const of = (is: PostureAnswer["is"]) => results.filter(({ answer }) => answer.is === is).length;
  const bySeverity = severities.flatMap((severity) => {
    const count = results.filter(({ answer }) => answer.is === "fail" && answer.severity === severity).length;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  const failed = `${of("fail")} failed${bySeverity.length > 0 ? ` (${bySeverity.join(", ")})` : ""}`;
  return [`${failed}, ${of("pass")} passed, ${of("not-evaluated")} not evaluated`];
}
