/** What a hook says on stderr: what stops a push or a commit, and how to go on. */
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import type { Problem } from "#model/scan-result.ts";
import { isSpan } from "#model/span.ts";
import { placeText } from "#scan/reports/place-text.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import { sortFindings } from "#scan/reports/sort-findings.ts";
import type { HookName } from "./hook-files.ts";

export interface HookResult {
  /** Findings that stop. */
  readonly findings: readonly Finding[];
  /** Problems of files that nobody allowed: they stop, too, for nobody knows what such a file holds. */
  readonly unexamined: readonly Problem[];
  /** Problems that do not stop. */
  readonly notes: readonly Problem[];
  /** Whether others have the key of the fingerprints: if not, one of them says nothing to anybody else. */
  readonly isKeyShared: boolean;
}

export async function wordsFor(
  { findings, unexamined, notes, isKeyShared }: HookResult,
  ownRules: readonly Rule[],
  name: HookName,
): Promise<string> {
  const noted = notes.map((problem) => `sallyport: ${problemText(problem)}\n`).join("");
  if (findings.length + unexamined.length === 0) return noted;
  return [
    ...(findings.length === 0 ? [] : await findingWords(sortFindings(findings), { ownRules, name, isKeyShared })),
    ...(unexamined.length === 0 ? [] : [unexaminedWords(unexamined, name)]),
    allTheSame[name],
    noted,
  ].join("\n");
}

async function findingWords(
  findings: readonly Finding[],
  { ownRules, name, isKeyShared }: { ownRules: readonly Rule[]; name: HookName; isKeyShared: boolean },
): Promise<readonly string[]> {
  const { loadRules } = await import("#scan/load-rules.ts");
  const rules = [...(await loadRules(findings.map(({ rule }) => rule))), ...ownRules];
  const distinct = Map.groupBy(findings, ({ fingerprint }) => fingerprint);
  const would = name === "pre-push" ? "push would publish" : "commit would keep";
  return [
    `sallyport: this ${would} ${counted(distinct.size, "secret")}; it was stopped.\n`,
    ...[...distinct.values()].map((places) => secretWords(places, rules, (one) => howToAllow(one, name, isKeyShared))),
    takeOut[name],
  ];
}

const mostUnexamined = 20;

function unexaminedWords(problems: readonly Problem[], name: HookName): string {
  const paths = [...new Set(problems.flatMap(({ path }) => path ?? []))];
  const what = name === "pre-push" ? "push" : "commit";
  const more = problems.length - mostUnexamined;
  return [
    `sallyport: ${counted(paths.length, "file")} of this ${what} could not be examined whole; it was stopped.\n`,
    ...problems.slice(0, mostUnexamined).map((problem) => `  ${problemText(problem)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `\nIf that is accepted, say so in ${settingsOf[name]}: allow: [{ path: ${inYaml(paths[0] ?? "")}, reason: why }]\n`,
  ].join("\n");
}

/** Quoted for YAML, and what globs would read otherwise escaped. */
function inYaml(path: string): string {
  return plainText(JSON.stringify(path.replaceAll(/[*?[\]{}\\]/g, String.raw`\$&`)));
}

function problemText({ path, message }: Problem): string {
  return `${path === undefined ? "" : `${plainText(path)}: `}${plainText(message)}`;
}

function counted(number: number, what: string): string {
  return number === 1 ? `a ${what}` : `${number} ${what}s`;
}

const mostPlaces = 5;

function secretWords(places: readonly Finding[], rules: readonly Rule[], howTo: (one: Finding) => string): string {
  const [first] = places;
  if (first === undefined) return "";
  const rule = rules.find(({ id }) => id === first.rule);
  const lines = places.slice(0, mostPlaces).map(({ at }) => `  ${placeText(at)}`);
  const more = places.length > mostPlaces ? [`  and ${places.length - mostPlaces} more places`] : [];
  const link = rule?.links[0];
  return [
    ...lines,
    ...more,
    `    ${first.message} ${first.masked ?? ""} (${first.severity})`,
    ...(rule === undefined
      ? []
      : [`    Why: ${rule.why}`, `    Fix: ${rule.fix}${link === undefined ? "" : ` ${link}`}`]),
    `    If it is meant to be there, say so ${howTo(first)}`,
    "",
  ].join("\n");
}

/** With the fingerprint a new secret in its place is still found, by those who have the same key. */
function howToAllow(finding: Finding, name: HookName, isKeyShared: boolean): string {
  const { rule, fingerprint, at } = finding;
  const print = fingerprint.slice(0, 12);
  if (hasLines(finding)) return `on its line: sallyport:allow ${rule}${isKeyShared ? `#${print}` : ""} why`;
  const what = isKeyShared ? `fingerprint: "${print}"` : `rule: ${rule}, path: ${inYaml(isSpan(at) ? at.path : "")}`;
  return `in ${settingsOf[name]}: allow: [{ ${what}, reason: why }]`;
}

/** False of a file that is a key as a whole. */
function hasLines({ at }: Finding): boolean {
  return isSpan(at) && (at.startLine !== at.endLine || at.startColumn !== at.endColumn);
}

/** A push is judged by the settings that it brings along. */
const settingsOf = { "pre-push": ".sallyport.yml, and commit it", "pre-commit": ".sallyport.yml" } as const;

const takeOut = {
  "pre-push": `Take it out of every commit that is not pushed yet (\`git commit --amend\`, or \`git rebase -i\`), not only of the newest.
A secret that was ever pushed must be withdrawn where it was issued.
`,
  "pre-commit": "Take it out and add the file again.\n",
} as const;

export const allTheSame = {
  "pre-push": "`git push --no-verify` pushes all the same.\n",
  "pre-commit": "`git commit --no-verify` commits all the same.\n",
} as const;
