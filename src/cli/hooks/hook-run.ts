/** `sallyport hook run`: what git calls. Looks at what a push would publish, or a commit keep, and says how to go on. */
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import { isAtLeast } from "#model/severity.ts";
import { isSpan } from "#model/span.ts";
import { placeText } from "#scan/reports/place-text.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import type { Report } from "#scan/reports/report.ts";
import { sortFindings } from "#scan/reports/sort-findings.ts";
import { openRepository } from "../scan/open-repository.ts";
import { type OpenSource, scanPath } from "../scan/scan.ts";
import type { ScanOptions } from "../scan/scan-options.ts";
import type { HookName } from "./hook-files.ts";

const options: ScanOptions = { scanners: ["secrets"], format: "table", failOn: "medium", quiet: true };

export async function runHook(name: HookName): Promise<number> {
  const given = name === "pre-push" ? await pushedCommits() : undefined;
  if (given?.commits.length === 0) return 0;
  const open: OpenSource = async (_, { folder }, { skip }) => {
    const [{ repository, reading }, { openNewBlobsSource }, { blobsToPush, stagedBlobs }] = await Promise.all([
      openRepository(folder),
      import("../scan/scan-git-source.ts"),
      import("#git/new-blobs.ts"),
    ]);
    const request = { repository, scanners: options.scanners, skip };
    if (given === undefined) {
      return openNewBlobsSource(request, await stagedBlobs({ ...reading, head: await repository.resolve("HEAD") }));
    }
    // What the other side has may not be here: then it is no help in telling what is new.
    const known = await Promise.all(given.published.map((id) => repository.resolve(id)));
    const published = known.filter((id) => id !== undefined);
    return openNewBlobsSource(request, await blobsToPush(given.commits, published, reading));
  };
  const { report, ownRules } = await scanPath(".", options, open);
  const words = await wordsFor(report, ownRules, name);
  if (words !== "") process.stderr.write(words);
  return stops(report).length > 0 ? 1 : 0;
}

interface Pushed {
  readonly commits: readonly string[];
  /** Where the refs of the other side stand. */
  readonly published: readonly string[];
}

/** Lines of `<local ref> <local id> <remote ref> <remote id>`; zeros stand for a ref that is not there. */
async function pushedCommits(): Promise<Pushed> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin as AsyncIterable<string>) text += chunk;
  const lines = text.split("\n").flatMap((line) => {
    const [, local = "", , remote = ""] = line.trim().split(" ");
    return isId(local) ? [{ local, remote }] : [];
  });
  return {
    commits: [...new Set(lines.map(({ local }) => local))],
    published: [...new Set(lines.map(({ remote }) => remote).filter(isId))],
  };
}

function isId(text: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(text) && !/^0+$/.test(text);
}

function stops({ findings }: Report): readonly Finding[] {
  return findings.filter(({ severity }) => isAtLeast(severity, "medium"));
}

async function wordsFor(report: Report, ownRules: readonly Rule[], name: HookName): Promise<string> {
  const stopping = sortFindings(stops(report));
  const problems = report.problems.filter(({ isNotice }) => !isNotice);
  const notes = problems.map(
    ({ message, path }) => `sallyport: ${path === undefined ? "" : `${plainText(path)}: `}${message}\n`,
  );
  if (stopping.length === 0) return notes.join("");
  const { loadRules } = await import("#scan/load-rules.ts");
  const rules = [...(await loadRules(stopping.map(({ rule }) => rule))), ...ownRules];
  const distinct = new Map<string, Finding[]>();
  for (const finding of stopping) {
    const places = distinct.get(finding.fingerprint);
    if (places === undefined) distinct.set(finding.fingerprint, [finding]);
    else places.push(finding);
  }
  const isPush = name === "pre-push";
  const head = `sallyport: this ${isPush ? "push would publish" : "commit would keep"} ${counted(distinct.size)}; it was stopped.\n`;
  const shown = [...distinct.values()].map((places) => secretWords(places, rules));
  return [head, ...shown, isPush ? pushEnding : commitEnding, ...notes].join("\n");
}

function counted(number: number): string {
  return number === 1 ? "a secret" : `${number} secrets`;
}

const mostPlaces = 5;

function secretWords(places: readonly Finding[], rules: readonly Rule[]): string {
  const [first] = places;
  if (first === undefined) return "";
  const rule = rules.find(({ id }) => id === first.rule);
  const lines = places.slice(0, mostPlaces).map(({ at }) => `  ${placeText(at)}`);
  const more = places.length > mostPlaces ? [`  and ${places.length - mostPlaces} more places`] : [];
  const link = rule?.links[0];
  const print = first.fingerprint.slice(0, 12);
  return [
    ...lines,
    ...more,
    `    ${first.message} ${first.masked ?? ""} (${first.severity})`,
    ...(rule === undefined
      ? []
      : [`    Why: ${rule.why}`, `    Fix: ${rule.fix}${link === undefined ? "" : ` ${link}`}`]),
    hasLines(first)
      ? `    If it is meant to be there, say so on its line: sallyport:allow ${first.rule}#${print} why`
      : `    If it is meant to be there, say so in .sallyport.yml: allow: [{ fingerprint: "${print}", reason: why }]`,
    "",
  ].join("\n");
}

/** False of a file that is a key as a whole. */
function hasLines({ at }: Finding): boolean {
  return isSpan(at) && (at.startLine !== at.endLine || at.startColumn !== at.endColumn);
}

const pushEnding = `Take it out of every commit that is not pushed yet (\`git commit --amend\`, or \`git rebase -i\`), not only of the newest.
A secret that was ever pushed must be withdrawn where it was issued. \`git push --no-verify\` pushes all the same.
`;
const commitEnding = `Take it out and add the file again. \`git commit --no-verify\` commits all the same.
`;
