/**
 * Results quote what stands in files: somebody may have written a secret into the reason of a skip or behind it on its line,
 * into the address of a module, or where a parser expected something else. They are kept without them.
 */
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { allSecretsIn, coverSecrets } from "./cover-secrets.ts";
import type { FileResult, ScanContext } from "./file-scanner.ts";
import { reportedScore } from "./secrets/scoring/score.ts";
import { sourceFileOf } from "./source-file-of.ts";

const longestReason = 500;

export function maskReasons<Result extends { readonly silenced: readonly SilencedFinding[] }>(
  result: Result,
  context: ScanContext,
): Result {
  if (result.silenced.length === 0) return result;
  return {
    ...result,
    silenced: result.silenced.map((one) => ({ ...one, reason: maskReason(one.reason, context) })),
  };
}

/** What a scan would report as a secret is covered; below that, many a name looks like one. */
export function maskMessages<Result extends Pick<FileResult, "findings" | "problems">>(
  result: Result,
  context: ScanContext,
): Result {
  return {
    ...result,
    findings: result.findings.map((one) => withoutEdit(withMessage(one, titleOf(one), context), context)),
    problems: result.problems.map((one) => withMessage(one, "", context)),
  };
}

function withMessage<One extends Finding | Problem>(one: One, title: string, context: ScanContext): One {
  const message = title + maskedMessage(one.message.slice(title.length), context);
  return message === one.message ? one : { ...one, message };
}

/** The rule's own words, with what leads on: "acts by a secret: " is followed by no secret. */
function titleOf({ message }: Finding): string {
  return message.slice(0, message.indexOf(": ") + 1);
}

/** An edit that writes a secret anew is none to keep. */
function withoutEdit(finding: Finding, context: ScanContext): Finding {
  const { fix, ...rest } = finding;
  return fix?.edits.some(({ text }) => maskedMessage(text, context) !== text) ? rest : finding;
}

function maskedMessage(text: string, context: ScanContext): string {
  return mayHoldSecret(text) ? masked(text, { ...context, minimumScore: reportedScore }) : text;
}

const shortestSecret = 12;

/** Spares nearly all messages a look, and a thread that scans no secrets the rules for them, which take a while to be made ready. */
function mayHoldSecret(text: string): boolean {
  if (/passw|pwd|secret|token/i.test(text)) return true;
  return text.split(/\s+/).some((word) => word.length >= shortestSecret && /[\d=@]/.test(word));
}

function maskReason(text: string, context: ScanContext): string {
  return masked(text.slice(0, longestReason), { ...context, minimumScore: 0 });
}

/** What people write into comments, titles and messages, as it may be kept. Only places are asked for, so any key will do. */
export function maskWords(text: string): string {
  return masked(text, { fingerprintKey: new Uint8Array(32), minimumScore: 0 });
}

function masked(text: string, context: ScanContext): string {
  return coverSecrets(text, allSecretsIn(sourceFileOf("reason.txt", "", Buffer.from(text)), context));
}
