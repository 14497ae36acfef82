/** The comment about many problems of a kind: what they have in common once, and each of them in a line. */
import type { Finding } from "#model/finding.ts";
import { importedRule } from "#model/imported-from.ts";
import { isSpan } from "#model/span.ts";
import { findRule } from "#scan/rules.ts";
import { cutRows } from "./cut-rows.ts";
import { escapeMarkdown, markdownCode, markdownProse } from "./escape-markdown.ts";
import { inCommit } from "./only-in-commits.ts";
import { stepOf } from "./package-comment.ts";
import type { Conversation } from "./plan-threads.ts";
import type { Topic } from "./topics.ts";
import { information, liveWord, sentenceOf, severityWord, type Telling } from "./write-comment.ts";

export function writeGroup(
  { is, topics }: Pick<Conversation, "is" | "topics">,
  { consoleAddress, isInformation, live }: Omit<Telling, "edit">,
): string {
  const open = topics.filter(({ state }) => state === "open");
  const [{ finding }] = (open[0] ?? topics[0]).rows;
  const rule = findRule(finding.rule) ?? importedRule(finding);
  const place = is === "file" ? ` in ${markdownCode(fileOf(finding))}` : "";
  const title = finding.package ? "Packages with known problems" : (rule?.title ?? finding.message);
  const count = open.length === 1 ? "once" : `${open.length} times`;
  const head = [
    `**${severityWord(finding.severity)}: ${escapeMarkdown(title)}, ${count}${place}**`,
    "They are alike and many, so they are told together.",
  ];
  const tail = [
    ...(rule ? [`**Why it matters:** ${markdownProse(rule.why)}`] : []),
    ...(rule && !finding.package ? [`**What to do:** ${markdownProse(rule.fix)}`] : []),
    ...(isInformation ? [information] : []),
    `[See them in Sallyport](${consoleAddress}) · rule ${[finding.rule, ...finding.aliases].map(markdownCode).join(", ")}`,
  ];
  const solved = othersOf(topics);
  const room = [...head, solved, ...tail].join("\n\n").length;
  const lines = cutRows(
    open.map((topic) => lineOf(topic, { title, isOneFile: is === "file", live })),
    room,
    (left) => `- and ${left} more: [see all](${consoleAddress})`,
  );
  return [...head, lines.join("\n"), ...(solved === "" ? [] : [solved]), ...tail].join("\n\n");
}

/** Those that do not count any more. */
function othersOf(topics: readonly Topic[]): string {
  const count = (state: Topic["state"], word: string) => {
    const { length } = topics.filter((topic) => topic.state === state);
    return length === 0 ? [] : [`${length} ${word}`];
  };
  const words = [
    ...count("fixed", "solved"),
    ...count("dismissed", "dismissed by people"),
    ...count("silenced", "silenced in the code"),
  ];
  return words.length === 0 ? "" : `Of those that were here before: ${words.join(", ")}.`;
}

function lineOf(
  { rows }: Topic,
  { title, isOneFile, live }: { readonly title: string; readonly isOneFile: boolean; readonly live: Telling["live"] },
): string {
  const open = rows.filter(({ state }) => state === "open").map(({ finding }) => finding);
  const [finding = rows[0].finding] = open;
  const { at, package: about, severity } = finding;
  const line = isSpan(at) ? at.startLine : undefined;
  const place = isOneFile
    ? line !== undefined && `line ${line}`
    : markdownCode(line === undefined ? fileOf(finding) : `${fileOf(finding)}:${line}`);
  const where = place && `${place}${inCommit(finding)}`;
  const known = open.length === 1 ? sentenceOf(finding) : `${open.length} known problems`;
  const what = about
    ? `${markdownCode(`${about.name} ${about.version ?? ""}`.trim())}: ${known}`
    : sentenceOf(finding, title);
  const step = about ? stepOf(open.length === 0 ? [finding] : open) : undefined;
  const answer = live?.get(finding.fingerprint);
  const parts = [`- ${severityWord(severity)}`, where, what, answer !== undefined && liveWord(answer)];
  const words = parts.filter((part) => part !== false && part !== undefined).join(", ");
  return step === undefined ? words : `${words} ${step}`;
}

function fileOf({ at, package: about }: Finding): string {
  return isSpan(at) ? at.path : (about?.manifest ?? at.resource);
}
