/** Passwords handed to programs on their command line. Which flag of which program takes one says command-table.ts. */

import { isQuote } from "../assignments/read-literal.ts";
import { reportedScore } from "../judgement/score.ts";
import { type Candidate, type Hit, lineStart, noProposal, type Proposal, type View } from "../view.ts";
import { answers, type Command, commands, type Piped, pipedInto, readsAsKey, type Word } from "./command-table.ts";
import { isStockPassword, noPasswordReason, placedScore, tokenScore } from "./literal-judgement.ts";

const longestLine = 1200;

export function readCommandLine(view: View, hit: Hit): Proposal {
  const name = view.bytes.toString("latin1", hit.start, hit.end);
  const piped = pipedInto[name];
  if (piped !== undefined) return readPiped(view, hit, piped);
  if (answers.includes(name)) return readAnswer(view, hit);
  const command = commands[name] ?? commands[name.toLowerCase()];
  if (command === undefined || !isCommandPlace(view, hit)) return noProposal;
  // Of a list of arguments the program's own quote comes first.
  const from = isQuote(view.bytes[hit.end]) ? hit.end + 1 : hit.end;
  const line = commandText(view, from);
  // One command is read once, however often its name stands in it.
  const nothing: Proposal = { ...noProposal, skipTo: hit.end + line.length };
  if (command.followedBy !== undefined && !command.followedBy.test(line.trimStart())) return noProposal;
  if (line.includes("--password-stdin")) return { ...nothing, ...readPiped(view, hit, "password") };
  const words = wordsOf(line, from);
  const found = passwordOf(words, command) ?? command.find?.(words);
  if (found === undefined) return nothing;
  const { text, start } = found;
  if (text.length < 5) return nothing;
  const candidates = candidatesOf(text, start, `argument of ${name.trim()}`);
  return { ...nothing, candidates };
}

/** `expect "password:"` and `send "v\\r"`, `child.sendline("v")` of scripts that answer for somebody. */
function readAnswer(view: View, hit: Hit): Proposal {
  const before = view.bytes.toString("latin1", Math.max(0, hit.start - 200), hit.start);
  // Between question and answer nothing else is said, and no line is skipped but a few.
  if (!/assw(?:or)?d[^"'\n]{0,12}["'}][^"'\n]{0,60}(?:\n[^"'\n]{0,40}){0,3}$/i.test(before)) return noProposal;
  const after = view.bytes.toString("latin1", hit.end, hit.end + 100);
  const match = /^(["'b]{0,2})([^"'\\\s$][^"'\\\s]{3,62})(?:\\{1,2}[rn]|["'])/.exec(after);
  if (match === null) return noProposal;
  const start = hit.end + match[1]!.length;
  return { ...noProposal, candidates: candidatesOf(match[2]!, start, "answer to a question for a password") };
}

/**
 * `echo "root:v" | chpasswd`, `echo v | sudo -S`, `echo v | passwd --stdin`, `echo v | docker login --password-stdin`, and
 * what `<<<` hands over.
 */
function readPiped(view: View, hit: Hit, reads: Piped): Proposal {
  const after = view.bytes.toString("latin1", hit.end, Math.min(view.bytes.length, hit.end + 120));
  const handed =
    reads === "accounts"
      ? /^\s{0,3}<<<\s{0,3}["']?[\w.-]{1,32}:(?<value>[^\s"'`|:$]{4,64})/d.exec(after)
      : /^\s{0,3}<<<\s{0,3}["']?(?<value>[^\s"'`|$]{4,64})/d.exec(after);
  const place = handed?.indices?.groups?.value;
  if (place !== undefined) {
    const text = after.slice(place[0], place[1]);
    return { ...noProposal, candidates: candidatesOf(text, hit.end + place[0], "password handed to a program") };
  }
  const before = view.bytes.toString("latin1", lineStart(view, hit.start, 200), hit.start);
  if (reads === "accounts") {
    const listed = readAccounts(view, hit, before);
    if (listed !== undefined) return listed;
  }
  if (reads === "password twice") return saidTwice(before, hit);
  // The bar is the anchor's first, or stands before it.
  const line = view.bytes[hit.start] === 0x7c ? `${before}|` : before;
  const match =
    reads === "accounts"
      ? /["'\s][\w.-]{1,32}:([^\s"'`|:]{3,64})["']?\s*\|\s*(?:sudo\s+)?$/.exec(line)
      : /\becho\s+(?:-\w+\s+)?["']?([^\s"'`|]{3,64})["']?\s*\|\s*(?:sudo\s+)?$/.exec(line);
  const value = match?.[1];
  if (value === undefined) return noProposal;
  const start = hit.start - before.length + before.lastIndexOf(value);
  return { ...noProposal, candidates: candidatesOf(value, start, "password piped into a program") };
}

const mostAccounts = 12;
/** What stands before the lines: a document of the shell (`chpasswd <<EOF`, `cat <<EOF | chpasswd`), or the list of cloud-init. */
const beforeAccounts =
  /^(?:[^\n<]{0,20}<<-?\s?["']?\w{1,12}["']?|:[ \t]*\n(?:[ \t]+expire:[^\n]{0,20}\n)?[ \t]+list:[ \t]*(?:[|>][+-]?)?)[ \t]*\r?\n/;

/** `user:v` in each of the lines behind `chpasswd`; undefined if it has none. */
function readAccounts({ bytes }: View, hit: Hit, before: string): Proposal | undefined {
  const text = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + longestLine));
  const head =
    beforeAccounts.exec(text) ??
    (/<<-?\s?["']?\w{1,12}["']?\s?\|[^\n]{0,20}$/.test(before) ? /^\r?\n/.exec(text) : null);
  if (head === null) return undefined;
  const account = /[ \t]{0,20}(?:- )?["']?(?<user>[\w.-]{1,32}):(?<value>[^\s"'`$:]{4,64})["']?[ \t]*(?:\r?\n|$)/dy;
  account.lastIndex = head[0].length;
  const candidates: Candidate[] = [];
  for (let count = 0; count < mostAccounts; count++) {
    const match = account.exec(text);
    const place = match?.indices?.groups?.value;
    if (place === undefined) break;
    const value = text.slice(place[0], place[1]);
    // What cloud-init makes up by itself.
    if (value !== "RANDOM" && value !== match?.groups?.user)
      candidates.push(...candidatesOf(value, hit.end + place[0], "password handed to a program"));
  }
  return { candidates, skipTo: hit.end + head[0].length };
}

/** `echo -e "v\\nv" | passwd ops`: it asks once more. */
function saidTwice(before: string, hit: Hit): Proposal {
  const match = /\becho\s+(?:-\w+\s+)?["']?([^\s"'`|\\$]{4,64})\\n\1/.exec(before);
  if (match === null) return noProposal;
  const start = hit.start - before.length + match.index + match[0].indexOf(match[1]!);
  return { ...noProposal, candidates: candidatesOf(match[1]!, start, "password piped into a program") };
}

/** What the place adds to the odds: nothing but a password stands there. */
const evidence = 2;

function candidatesOf(text: string, start: number, signal: string): readonly Candidate[] {
  if (noPasswordReason(text) !== undefined || isStockPassword(text) || /^[$%@({<`]|[`\s]/.test(text)) return [];
  const score = Math.max(tokenScore(text), placedScore(text, evidence));
  return score < reportedScore
    ? []
    : [{ start, end: start + text.length, score: Math.max(score, 65), signals: [signal] }];
}

/** The program's name must not be the end of another word or of a path that is only talked about. */
function isCommandPlace(view: View, hit: Hit): boolean {
  const before = view.bytes.toString("latin1", Math.max(lineStart(view, hit.start, 200), hit.start - 1), hit.start);
  const after = view.bytes[hit.end] ?? 0x20;
  const last = view.bytes[hit.end - 1];
  const ends = last === 0x20 || last === 0x2d || after === 0x20 || after === 0x2e;
  // `["mysql", "-pv"]`, `["/bin/mysql", "-pv"]`: a program and its arguments as a list.
  const opens = view.bytes[hit.start - 1];
  const listed = isQuote(after) && (after === opens || opens === 0x2f) && view.bytes[hit.end + 1] === 0x2c;
  return !/[\w.$-]/.test(before) && (ends || listed);
}

/** To the end of the line, over lines that a backslash, backtick or caret continues, up to what ends a command. */
function commandText(view: View, from: number): string {
  const text = view.bytes.toString("latin1", from, Math.min(view.bytes.length, from + longestLine));
  const end = /[^\\`^]\r?\n|[|;]|&&/.exec(text);
  return end === null ? text : text.slice(0, end.index + 1);
}

function wordsOf(line: string, offset: number): readonly Word[] {
  const words: Word[] = [];
  for (const match of line.matchAll(/([^\s"']*)(?:"([^"\n]*)"|'([^'\n]*)')|[^\s"']+/g)) {
    const glued = (match[1] ?? "").replace(/^[,[(]+$/, "");
    const quoted = match[2] ?? match[3];
    if (/^[,\])]+$/.test(match[0])) continue;
    if (quoted === undefined) words.push({ text: match[0].replace(/[;)]+$/, ""), start: offset + match.index });
    else if (glued === "") words.push({ text: quoted, start: offset + match.index + (match[1] ?? "").length + 1 });
    else {
      // `-p'v'`, `svc:"v"`, `--user="v"`: the quote is not part of the value, and not at its start.
      words.push({ text: glued, start: offset + match.index });
      words.push({ text: quoted, start: offset + match.index + glued.length + 1, glued: true });
    }
  }
  return words;
}

function passwordOf(words: readonly Word[], { flags, pairs = [], sign = ":", glued = [] }: Command): Word | undefined {
  const isCurl = pairs.includes("--proxy-user");
  for (const [index, { text, start }] of words.entries()) {
    const next = words[index + 1];
    if (flags.includes(text)) return next;
    if (next !== undefined && (pairs.includes(text) || (isCurl && /^-[a-zA-Z]{1,6}u$/.test(text))))
      return afterSign(sign, next, words[index + 2]);
    const joined = isCurl ? /^(?:-u|--user=)(?=[^=:]+:)/.exec(text)?.[0].length : undefined;
    if (joined !== undefined) return afterSign(sign, { text: text.slice(joined), start: start + joined }, next);
    for (const flag of glued) {
      // A bare `-p` asks for the password; only what is glued to it is one.
      if (text === flag && next?.glued === true) return next;
      if (text.startsWith(flag) && text.length > flag.length && !text.includes("=")) {
        return { text: text.slice(flag.length), start: start + flag.length };
      }
    }
  }
  return undefined;
}

function afterSign(sign: string, { text, start }: Word, next: Word | undefined): Word | undefined {
  const colon = text.indexOf(sign);
  if (colon < 0) return undefined;
  if (colon === text.length - 1 && next?.glued === true) return next;
  // `curl -u v:`, `-u v:x`: some services take a key as the user, and any password.
  if (/^x?$/i.test(text.slice(colon + 1))) {
    const user = text.slice(0, colon);
    return readsAsKey(user) ? { text: user, start } : undefined;
  }
  return { text: text.slice(colon + 1), start: start + colon + 1 };
}
