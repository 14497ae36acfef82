/** The words of a fix: of its commit, its pull request, and what is said there when it changes or ends. */
import type { Fix, FixAskedBy, FixedProblem } from "#model/fix.ts";
import type { FixRisk } from "#model/fix-plan.ts";

/** Of a pull request's description, which holds 4,000 characters. */
const longestList = 1_600;
const mostSaid = 3;

export type Described = Pick<
  Fix,
  "title" | "fixes" | "adds" | "said" | "risk" | "askedBy" | "forPullRequest" | "baseCommit"
>;

export function commitMessageOf(fix: Pick<Fix, "title" | "fixes" | "said">): string {
  const lines = fix.fixes
    .slice(0, 50)
    .map((one) => `- ${oneLine(one.message)}${one.advisory === undefined ? "" : ` (${one.advisory})`}`);
  const rest = fix.fixes.length > 50 ? [`- and ${fix.fixes.length - 50} more`] : [];
  const said = fix.said.length > 0 ? ["", ...fix.said.map(oneLine)] : [];
  return [
    oneLine(fix.title),
    "",
    "Written by Sallyport from the findings that it ends:",
    "",
    ...lines,
    ...rest,
    ...said,
    "",
    "No package manager and no build was run; the changed files were scanned again.",
  ].join("\n");
}

interface FixLinks {
  readonly console: string;
  /** Numbers of the work items about what it ends: Azure DevOps makes links of them. */
  readonly workItems: readonly number[];
}

export function descriptionOf(fix: Described, links: FixLinks): string {
  const { fixes, adds, said, risk, askedBy, forPullRequest, baseCommit } = fix;
  const helps = forPullRequest === undefined ? [] : [`It goes into the branch of pull request !${forPullRequest}.`, ""];
  return [
    "**What it fixes**",
    "",
    ...listOf(fixes),
    "",
    "**What it adds**",
    "",
    ...(adds.length === 0 ? ["Nothing that Sallyport would report."] : listOf(adds)),
    ...(risk?.adds?.length ? [`Packages that come in: ${addedOf(risk)}.`] : []),
    "",
    "**Risk**",
    "",
    risk?.crossesMajor
      ? "A new major version: it may break what uses it. Read its release notes."
      : "No package goes to a new major version.",
    risk?.licenseChange
      ? `The licence changes from ${namesOf(risk.licenseChange.from)} to ${namesOf(risk.licenseChange.to)}.`
      : "No change of licence is known.",
    ...(said.length > 0 ? ["", "**What is left to do**", "", ...saidOf(said)] : []),
    "",
    "**Verdict**",
    "",
    `Scanned before it was pushed, compared with ${code((baseCommit ?? "").slice(0, 10))}: what it fixes is gone, and nothing of medium severity or worse came. Nothing was executed: no package manager, no build, no test.`,
    "",
    ...helps,
    ...(links.workItems.length > 0
      ? [`Work items: ${links.workItems.map((number) => `#${number}`).join(", ")}`, ""]
      : []),
    `${askedWords(askedBy)} [Details](${links.console})`,
  ].join("\n");
}

export function askedWords(by: FixAskedBy): string {
  switch (by.is) {
    case "person":
      return `${plain(by.name)} asked for it.`;
    case "policy":
      return `The policy ${code(by.policy)} asked for it.`;
    case "reply":
      return `${plain(by.name)} asked for it in pull request !${by.pullRequest}.`;
  }
}

function listOf(problems: readonly FixedProblem[]): readonly string[] {
  const lines: string[] = [];
  let length = 0;
  for (const { severity, message, rule, path, advisory } of problems) {
    const names = [rule, ...(advisory === undefined ? [] : [advisory])].map(code).join(", ");
    const line = `- ${severity}: ${plain(message).slice(0, 250)} (${names}, ${code(path)})`;
    length += line.length;
    if (length > longestList / 2 && lines.length > 0) return [...lines, `- and ${problems.length - lines.length} more`];
    lines.push(line);
  }
  return lines;
}

function saidOf(said: readonly string[]): readonly string[] {
  const shown = said.slice(0, mostSaid).map((words) => `- ${plain(words).slice(0, 250)}`);
  return said.length > mostSaid ? [...shown, `- and ${said.length - mostSaid} more, which the details tell`] : shown;
}

/** With their licences, where they are known. */
function addedOf({ adds = [], addedLicenses = {} }: FixRisk): string {
  const shown = adds.slice(0, 5).map((one) => {
    const licenses = Object.hasOwn(addedLicenses, one) ? (addedLicenses[one] ?? []) : [];
    return code(one.slice(0, 80)) + (licenses.length > 0 ? ` (${namesOf(licenses)})` : "");
  });
  return adds.length > shown.length ? `${shown.join(", ")} and ${adds.length - shown.length} more` : shown.join(", ");
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => code(name.slice(0, 40)));
  return names.length > shown.length ? `${shown.join(", ")} and ${names.length - shown.length} more` : shown.join(", ");
}

/** Text of a repository is no markup. */
function plain(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_[\]<>#|!]/g, "\\$&")
    .replaceAll("@", "@\u200b");
}

function code(text: string): string {
  return `\`${oneLine(text).replaceAll("`", "'").slice(0, 200)}\``;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
}
