/**
 * Secrets that a step of a run has printed. What Azure Pipelines has masked is none; time stamps and colours are taken off
 * first, so that a key over several lines is seen whole. A log that is too long is searched from its start.
 */
import type { ScanContext } from "../../file-scanner.ts";
import { secretsScanner } from "../../secrets/secrets-scanner.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import type { LogSecret } from "./run-evidence.ts";

const longestLine = 16 * 1024;
/** The worst of logs takes some 0.3 s for each million. */
const mostCharacters = 4_000_000;
const mostSecrets = 100;

export interface StepLog {
  readonly logId: number;
  /** Name of the step that wrote it. */
  readonly step: string;
  readonly lines: readonly string[];
  readonly url?: string;
}

export interface SearchedLog {
  readonly secrets: readonly LogSecret[];
  /** Something of it was not searched. */
  readonly isCut: boolean;
}

export function secretsInLog({ logId, step, lines, url }: StepLog, context: ScanContext): SearchedLog {
  const { text, isCut } = plainText(lines);
  const file = sourceFileOf("run.log", "", Buffer.from(text));
  const { findings, silenced } = secretsScanner.scan(file, context);
  // Marks in a log are printed by whoever runs code there: they silence nothing.
  const found = [...findings, ...silenced.map(({ finding }) => finding)];
  const secrets = found.slice(0, mostSecrets).flatMap(({ rule, masked, at }): LogSecret[] =>
    "startLine" in at
      ? [
          {
            logId,
            step,
            line: at.startLine,
            look: { rule, masked: masked ?? "" },
            ...(url !== undefined && { url }),
          },
        ]
      : [],
  );
  return { secrets, isCut };
}

function plainText(lines: readonly string[]): { readonly text: string; readonly isCut: boolean } {
  const kept: string[] = [];
  let length = 0;
  let isCut = false;
  for (const line of lines) {
    length += Math.min(line.length, longestLine) + 1;
    isCut ||= length > mostCharacters || line.length > longestLine;
    if (length > mostCharacters) break;
    kept.push(plainLine(line.slice(0, longestLine)));
  }
  return { text: kept.join("\n"), isCut };
}

const timeStamp = /^\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z ?/;
// oxlint-disable-next-line no-control-regex -- colours begin with one
const colours = /\u001B\[[0-9;?]{0,32}[A-Za-z]/g;

/** A line of its own stays one: the numbers of lines are those of the log. */
function plainLine(line: string): string {
  return line
    .replace(timeStamp, "")
    .replace(colours, "")
    .replace(/[\r\n]+/g, " ")
    .replace(/\*{3,}/g, "***");
}
