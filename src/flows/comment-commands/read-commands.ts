/**
 * Reads commands out of a comment: lines that begin with `/sallyport`, but not in code, quotes or comments of HTML. What is
 * meant as a command and cannot be understood is said to be that, never guessed.
 */

import { isDay } from "#model/day.ts";

export interface DecisionCommand {
  /** `rotated`: of secrets. */
  readonly is: "ignore" | "false-positive" | "rotated";
  readonly reason: string;
  /** The day after the one that was named. */
  readonly until?: Date;
}

export type Command =
  | DecisionCommand
  | { readonly is: "rescan" }
  | { readonly is: "explain" }
  | { readonly is: "fix" }
  | { readonly is: "help" }
  | { readonly is: "malformed"; readonly why: string };

/** More in one comment are not read: nobody means them. */
const mostCommands = 5;
const longestReason = 2_000;
const day = 24 * 60 * 60_000;

export function readCommands(text: string): readonly Command[] {
  if (!/\/sallyport/i.test(text)) return [];
  const commands: Command[] = [];
  for (const line of saidLines(text)) {
    const [, rest] = /^ {0,3}\/sallyport(?![\w/-])(.*)$/is.exec(line) ?? [];
    if (rest !== undefined && commands.length < mostCommands) commands.push(readCommand(rest.trim()));
  }
  return commands;
}

/** Lines that the person says: no fenced or indented code, no quotes, nothing in comments of HTML. */
function saidLines(text: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  let isHidden = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (isHidden) {
      isHidden = !line.includes("-->");
      continue;
    }
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      continue;
    }
    if (mark !== undefined) fence = mark;
    else if (line.trimStart().startsWith("<!--")) isHidden = !line.includes("-->");
    else if (!/^(?: {0,3}>|\t| {4})/.test(line)) lines.push(line);
  }
  return lines;
}

function readCommand(text: string): Command {
  const [verb = "", ...words] = text.split(/\s+/);
  const rest = words.join(" ").slice(0, longestReason);
  switch (verb.toLowerCase()) {
    case "ignore":
      return readDecision("ignore", rest);
    case "false-positive":
      return readDecision("false-positive", rest);
    case "rotated":
      return readDecision("rotated", rest);
    case "rescan":
      return { is: "rescan" };
    case "explain":
      return { is: "explain" };
    case "fix":
      return { is: "fix" };
    case "help":
      return { is: "help" };
    case "":
      return { is: "malformed", why: "It does not say what to do." };
    default:
      return { is: "malformed", why: "There is no such command." };
  }
}

function readDecision(is: DecisionCommand["is"], text: string): Command {
  const dates = [...text.matchAll(/(?<![\w-])until:? (\d{4}-\d{2}-\d{2})(?![\w-])\.?/gi)];
  if (dates.length > 1) return { is: "malformed", why: "It names more than one date." };
  const [found] = dates;
  if (!found && /(?<![\w-])until:? \S*\d/i.test(text)) {
    return { is: "malformed", why: "The date is not understood: write it as `until 2027-01-31`." };
  }
  const until = found && dayAfter(found[1] ?? "");
  if (found && !until) return { is: "malformed", why: "There is no such day in the calendar." };
  const words = found ? text.slice(0, found.index) + text.slice(found.index + found[0].length) : text;
  const reason = words.replace(/ {2,}/g, " ").trim();
  if (reason === "" && is === "ignore") {
    return { is: "malformed", why: "It gives no reason: write why, as in `/sallyport ignore only used in tests`." };
  }
  return { is, reason, ...(until && { until }) };
}

function dayAfter(text: string): Date | undefined {
  return isDay(text) ? new Date(Date.parse(`${text}T00:00:00Z`) + day) : undefined;
}
