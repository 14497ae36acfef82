/** The comment of one finding, for the developer who made the pull request: what it is, why it matters, what to do, and who says so. */
import type { Finding, LiveAnswer } from "#model/finding.ts";
import { importedRule } from "#model/imported-from.ts";
import type { Severity } from "#model/severity.ts";
import type { Span } from "#model/span.ts";
import { askedAt } from "#scan/reports/live-text.ts";
import { findRule } from "#scan/rules.ts";
import type { Credential } from "#store/people/credentials.ts";
import { withoutMail } from "../connect-instance/account-text.ts";
import { escapeMarkdown, markdownCode, markdownProse } from "./escape-markdown.ts";
import { tellCommit } from "./only-in-commits.ts";
import { listOfKnown, stepOf, wayIn } from "./package-comment.ts";

type Identity = Pick<Credential, "method" | "accountName">;

export interface Telling {
  /** Of the pull request in the console. */
  readonly consoleAddress: string;
  /** No policy blocks on it. */
  readonly isInformation: boolean;
  /** What providers said of secrets that they were asked about, by fingerprint. */
  readonly live?: ReadonlyMap<string, LiveAnswer> | undefined;
  /** The edit that cures it, as Markdown. */
  readonly edit?: string | undefined;
  /** It is not in the files any more. */
  readonly isSolved?: boolean;
  /** Where it is now, if the thread stands at another place. */
  readonly now?: Span | undefined;
}

/** Of several findings, which are about one package, the worst first. */
export function writeComment(
  [finding, ...others]: readonly [Finding, ...Finding[]],
  { consoleAddress, isInformation, live, edit, isSolved = false, now }: Telling,
): string {
  const answer = live?.get(finding.fingerprint);
  const rule = findRule(finding.rule) ?? importedRule(finding);
  const all = [finding, ...others];
  const about =
    finding.package && others.length > 0 ? `${finding.package.name}: ${all.length} known problems` : undefined;
  const parts = [
    `**${severityWord(finding.severity)}: ${escapeMarkdown(about ?? rule?.title ?? finding.message)}**`,
    isSolved && isSecret(finding) ? stillInCommits : tellCommit(finding),
    about ? listOfKnown(all) : sentenceOf(finding, rule?.title),
    now && `It stands in ${markdownCode(`${now.path}:${now.startLine}`)} now.`,
    finding.package && wayIn(finding),
    answer && liveSentence(answer),
    rule && `**Why it matters:** ${markdownProse(rule.why)}`,
    rule && `**What to do:** ${stepOf(all) ?? markdownProse(rule.fix)}`,
    edit,
    isInformation ? information : undefined,
    `[See it in Sallyport](${consoleAddress}) · rule ${[finding.rule, ...finding.aliases].map(markdownCode).join(", ")}`,
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** Of a secret that a later commit took away. */
export const stillInCommits =
  "**A secret that is not found in the files any more stands in the commits that brought it.** Whoever can read the repository can read it there: revoke it, and reply `/sallyport rotated` in its thread.";

export function isSecret({ rule }: Finding): boolean {
  return rule.startsWith("secrets/");
}

export const information = "*For your information: no policy blocks on this.*";

export function severityWord(severity: Severity): string {
  return `${severity[0]?.toUpperCase()}${severity.slice(1)}`;
}

/** What it says beyond the title that stands above it; undefined if that said all. */
export function sentenceOf({ message, masked }: Finding, title?: string): string | undefined {
  const rest = escapeMarkdown(title === undefined ? message : withoutTitle(message, title));
  if (!masked) return rest === "" ? undefined : rest;
  // Of a secret without a known beginning only the length is shown, in parentheses of its own.
  const shown = markdownCode(masked.replace(/^\((.*)\)$/, "$1"));
  return rest === "" ? `${shown}, masked` : `${rest} (${shown})`;
}

function withoutTitle(message: string, title: string): string {
  if (message === title) return "";
  if (!message.startsWith(title)) return message;
  const [, joint = "", rest = ""] = /^(\. ?|[:,] )?(.*)$/s.exec(message.slice(title.length)) ?? [];
  if (joint === "") return message;
  // After a comma a sentence goes on, which begins here now; what follows a colon may be a name.
  return joint === ", " ? `${rest.slice(0, 1).toUpperCase()}${rest.slice(1)}` : rest;
}

/** In the developer's words: what its provider said, and when. */
function liveSentence(answer: LiveAnswer): string {
  const said = `${escapeMarkdown(answer.reason)}, ${askedAt(answer)}`;
  if (answer.verdict === "live") return `**It is live:** whoever has it can use it now (${said}).`;
  return answer.verdict === "not-live"
    ? `**It is not live any more** (${said}). It need not be revoked, but may be taken out of the code.`
    : `**Whether it is live is not known** (${said}).`;
}

/** The same in a list. */
export function liveWord({ verdict }: LiveAnswer): string | undefined {
  if (verdict === "unknown") return undefined;
  return verdict === "live" ? "**live**" : "not live";
}

const signatureStart = "\n\n*Written by Sallyport, acting as ";

/** Azure DevOps shows an account as the author, often a person's: this line says that it was not they who wrote. */
export function signComment(comment: string, { method, accountName }: Identity): string {
  const words = method === "pat" || method === "entra" ? "" : `the ${method.replace("-", " ")} `;
  return `${comment}${signatureStart}${words}${escapeMarkdown(nameOf(accountName))}.*`;
}

/** Pull requests may be read by everybody: neither mail addresses nor the ids of apps. */
function nameOf(accountName: string): string {
  return withoutMail(accountName).replace(/ \([0-9a-f-]{36}\)$/i, "");
}

/** Whoever wrote it: another one who says the same need not correct it. */
export function withoutSignature(comment: string): string {
  const at = comment.lastIndexOf(signatureStart);
  return at === -1 ? comment : comment.slice(0, at);
}
