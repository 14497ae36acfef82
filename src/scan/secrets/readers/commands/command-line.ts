/** Passwords handed to programs on their command line. Which flag of which program takes one says command-table.ts. */

import {
  type Candidate,
  type Hit,
  latinText,
  lineStart,
  noProposal,
  type Proposal,
  type View,
} from "../../text/view.ts";
import { answers, type Command, commands, type Piped, pipedInto, readsAsKey, type Word } from "./command-table.ts";
import { candidatesOf, isTooShort } from "./handed-password.ts";

const longestLine = 1190;
const longestHanded = 160;

export function readCommandLine(view: View, hit: Hit): Proposal {
  const name = view.bytes.toString("latin1", hit.start, hit.end);
  const piped = pipedInto[name];
  if (piped !== undefined) return readPiped(view, hit, piped);
  if (answers.includes(name)) return readAnswer(view, hit);
  const command = commands[name] ?? commands[name.toLowerCase()];
  const line = commandBehind(view, hit);
  if (command === undefined || line === undefined) return noProposal;
  if (command.followedBy !== undefined && !command.followedBy.test(line.text.trimStart())) return noProposal;
  if (line.text.includes("--password-stdin")) return readPiped(view, hit, "password");
  const words = wordsOf(line);
  const found = passwordOf(words, command) ?? command.find?.(words);
  const cost = costOfWords(line, words);
  if (found === undefined) return { ...noProposal, cost };
  const { text, start } = found;
  const candidates = isTooShort(view, text) ? [] : candidatesOf(text, start, `argument of ${name.trim()}`);
  // Behind it another program may have its own: `sshpass -p v ssh db7 mysql -pw`.
  return { candidates, skipTo: start + text.length, cost };
}

/** Parting a line takes four looks at each byte, and each word about as long as 25 bytes. */
function costOfWords({ text }: Word, words: readonly Word[]): number {
  return text.length * 4 + words.length * 25;
}

/** `expect "password:"` and `send "v\\r"`, `child.sendline("v")` of scripts that answer for somebody. */
function readAnswer(view: View, hit: Hit): Proposal {
  const before = latinText(view.bytes, Math.max(0, hit.start - 200), hit.start);
  // Between question and answer nothing else is said, and no line is skipped but a few.
  if (!/assw(?:or)?d[^"'\n]{0,12}["'}][^"'\n]{0,60}(?:\n[^"'\n]{0,40}){0,3}$/i.test(before)) return noProposal;
  const after = latinText(view.bytes, hit.end, hit.end + 100);
  const match = /^(["'b]{0,2})([^"'\\\s$][^"'\\\s]{3,62})(?:\\{1,2}[rn]|["'])/.exec(after);
  if (match === null) return noProposal;
  const start = hit.end + match[1]!.length;
  return { ...noProposal, candidates: candidatesOf(match[2]!, start, "answer to a question for a password") };
}

/** What `<<<` hands over: a word as a whole, or what stands in it behind an account. */
function handedOver(words: readonly Word[], reads: Piped): Word | undefined {
  const at = words.findIndex(({ text }) => /^\S*<<</.test(text));
  const sign = words[at];
  if (sign === undefined) return undefined;
  const behindSign = sign.text.indexOf("<<<") + 3;
  const glued = { text: sign.text.slice(behindSign), start: sign.start + behindSign };
  const handed = glued.text === "" ? words[at + 1] : glued;
  if (handed === undefined || handed.text.includes("$") || handed.text.length > longestHanded) return undefined;
  if (reads !== "accounts") return handed;
  const account = /^[\w.-]{1,32}:(?=[^:]+$)/.exec(handed.text)?.[0];
  if (account === undefined) return undefined;
  return { text: handed.text.slice(account.length), start: handed.start + account.length };
}

/**
 * `echo "root:v" | chpasswd`, `echo v | sudo -S`, `echo v | passwd --stdin`, `echo v | docker login --password-stdin`, and
 * what `<<<` hands over.
 */
function readPiped(view: View, hit: Hit, reads: Piped): Proposal {
  const line = commandBehind(view, hit);
  const words = line === undefined ? [] : wordsOf(line);
  const handed = handedOver(words, reads);
  const cost = line === undefined ? 0 : costOfWords(line, words);
  if (handed !== undefined)
    return { candidates: candidatesOf(handed.text, handed.start, "password handed to a program"), cost };
  const before = latinText(view.bytes, lineStart(view, hit.start, 200), hit.start);
  if (reads === "accounts") {
    const listed = readAccounts(view, hit, before);
    if (listed !== undefined) return listed;
  }
  if (reads === "password twice") return saidTwice(before, hit);
  // The bar is the anchor's first, or stands before it.
  const piping = view.bytes[hit.start] === 0x7c ? `${before}|` : before;
  const candidates = saidIn(piping, reads).flatMap(({ text, start }) =>
    candidatesOf(text, hit.start - before.length + start, "password piped into a program"),
  );
  return { candidates, cost };
}

/** A word that none of the signs of a shell ends, up to the bar; `printf` ends its line itself. */
const saidLast = (text: string) => String.raw`(?<text>${text})(?:\\{1,2}n)?(?:\\{0,3}["'])?\s*\|\s*(?:sudo\s+)?$`;
/** A variable may hold the user: `${USER}:v`. */
const accountName = String.raw`(?:[\w.@-]{1,48}|\$\{?\w{1,40}\}?):`;
const saidAccount = new RegExp(String.raw`(?:^|\\{1,2}n)${accountName}((?:(?!\\{1,2}n)[^:])+)(?=\\{1,2}n|$)`, "g");
const saidAccounts = new RegExp(String.raw`["'\s]${saidLast(String.raw`${accountName}[^\s"'\x60|]{3,180}?`)}`, "d");
const saidWord = new RegExp(
  String.raw`\b(?:echo|printf)\s+(?:-\w+\s+)?(?:["'](?<user>${accountName})?%s(?:\\{1,2}n)?["']\s+)?(?:\\{0,3}["'])?${saidLast(String.raw`[^\s"'\x60|]{3,128}?`)}`,
  "d",
);

/** What `echo` and `printf` pass on: one word, or the password of each account, of which `\n` parts several. */
function saidIn(piping: string, reads: Piped): readonly Word[] {
  const listed = reads === "accounts" ? saidAccounts.exec(piping) : null;
  const [from, to] = listed?.indices?.groups?.text ?? [0, 0];
  if (listed !== null)
    return piping
      .slice(from, to)
      .matchAll(saidAccount)
      .map(({ 0: { length }, 1: text = "", index }) => ({ text, start: from + index + length - text.length }))
      .toArray();
  const { groups: { user, text = "" } = {}, indices } = saidWord.exec(piping) ?? {};
  if (text === "" || (reads === "accounts" && user === undefined)) return [];
  return [{ text, start: indices?.groups?.text?.[0] ?? 0 }];
}

/** What stands before the lines: a document of the shell (`chpasswd <<EOF`, `cat <<EOF | chpasswd`), or the list of cloud-init. */
const document = String.raw`<<-?\s?["']?(?<end>\w{1,12})["']?`;
const beforeAccounts = new RegExp(
  String.raw`^(?:[^\n<]{0,20}${document}|:[ \t]*\r?\n(?:[ \t]+(?:expire:|#)[^\n]{0,60}\n){0,3}(?<indent>[ \t]+)list:[ \t]*(?:[|>][+-]?)?)[ \t]*\r?\n`,
);
const pipedDocument = new RegExp(String.raw`${document}\s?\|[^\n]{0,20}$`);
/** `root:v`, `root: v`, `- root:v`, `- "root:v"`; a quote that none closes is part of the value. */
const account = /^[ \t]*(?:- )?(?<quote>["']?)(?<user>[\w.-]{1,32}): ?(?<value>[^\s`$:]{4,64}?)\k<quote>[ \t]*$/d;

/** `user:v` in the lines behind `chpasswd`, up to the end of the document or list: what is none ends nothing. */
function readAccounts(view: View, hit: Hit, before: string): Proposal | undefined {
  const text = wordsBehind(view, hit.end);
  const piped = pipedDocument.exec(before);
  const head = beforeAccounts.exec(text) ?? (piped && /^\r?\n/.exec(text));
  if (head === null) return undefined;
  const { end = piped?.groups?.end, indent = "" } = head.groups ?? {};
  const candidates: Candidate[] = [];
  let at = hit.end + head[0].length;
  for (const line of text.slice(head[0].length).split("\n")) {
    const { indices, groups } = account.exec(line.trimEnd()) ?? {};
    const { length: column } = /^[ \t]*/.exec(line)![0];
    const goesOn = column > indent.length || (column === indent.length && /[#-]/.test(line[column] ?? ""));
    if (end === undefined ? line.trim() !== "" && !goesOn : line.trim() === end) break;
    const { user, value } = groups ?? {};
    // What cloud-init makes up by itself, and a user's own name.
    if (value !== undefined && value !== "RANDOM" && value !== user)
      candidates.push(...candidatesOf(value, at + indices!.groups!.value![0], "password handed to a program"));
    at += line.length + 1;
  }
  return { candidates, skipTo: hit.end + head[0].length };
}

/** `echo -e "v\\nv" | passwd ops`: it asks once more. */
function saidTwice(before: string, hit: Hit): Proposal {
  const match = /\b(?:echo|printf)\s+(?:-\w+\s+)?(?:\\{0,3}["'])?([^\s"'`|\\$]{4,64})\\{1,2}n\1/.exec(before);
  if (match === null) return noProposal;
  const start = hit.start - before.length + match.index + match[0].indexOf(match[1]!);
  return { ...noProposal, candidates: candidatesOf(match[1]!, start, "password piped into a program") };
}

/** The next bytes, without a last word that goes on behind them. */
function wordsBehind({ bytes }: View, from: number): string {
  const text = latinText(bytes, from, from + longestLine);
  if (from + longestLine >= bytes.length) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf(" "), text.lastIndexOf("\n")));
}

/** The end of a program's name: its last letter, what Windows calls its file, the quote around it or its path. */
const nameEnd = /^(?:[ -]|\w(?:\.(?:exe|cmd|bat|com))?(?:(?<quote>["'])(?=[, \t])|(?=[ \t]|<<<)))/i;
const within = String.raw`[^"\\\n]|\\(?!")`;
/** `\"` within quotes, with its partner or alone; at the end of a word it closes them: `"C:\dir\" -p`. */
const escaped = String.raw`\\"(?=[^\s;,)\]])(?:(?:${within})*\\"|(?!(?:${within})*\\"))`;
/** A word in quotes, or in those that a string of code or JSON escapes: `\"v\"`. */
const inQuotes = String.raw`(?:"(?<double>(?:${within}|${escaped})*\\?)"|(?<quote>\\{1,3}"|\\{0,3}')(?<other>(?:(?!\k<quote>)[^\n])*)\k<quote>)`;
/**
 * A command goes on over lines that a backslash, backtick or caret continues, up to `|`, `;` or `&&` outside of quotes, or where
 * an element of a page ends: `<code>mysql -pv</code>`.
 */
const toItsEnd = new RegExp(String.raw`^(?:${inQuotes}|[\\\x60^]\r?\n|&(?!&)|<(?!\/[a-z]{1,8}>)|[^&|;<\n])*`);
/** What is glued to a word in quotes, and that word; or a word without. A backslash before a quote belongs to the quote. */
const word = new RegExp(
  String.raw`(?<glued>(?:[^\s"'\\]|\\(?!\\{0,2}["']))*)${inQuotes}|(?:[^\s"'\\]|\\(?!\\{0,2}["']))+`,
  "g",
);

/** `"sqlcmd", "-U sa -P v")`: the program in one literal, and all its words in the next. */
const inNext = /^,\s{0,40}(?:Arguments\s?=\s?)?[$@]{0,2}"(?=[^"\n]* )/;

/** The words behind a program's name and where they begin; undefined if it ends another word, or is only talked about. */
function commandBehind(view: View, hit: Hit): Word | undefined {
  const before = latinText(view.bytes, lineStart(view, hit.start, 200), hit.start);
  const from = hit.end - 1;
  const behind = wordsBehind(view, from);
  const name = /[\w.$-]$/.test(before) ? null : nameEnd.exec(behind);
  if (name === null) return undefined;
  const open = openQuote(before);
  const quote = name.groups?.quote;
  // `["mysql", "-pv"]`, `["/bin/mysql", "-pv"]`, `"C:\\Program Files\\mysql.exe" -pv`
  if (quote !== undefined && (quote !== open || !/["'/\\]$/.test(before))) return undefined;
  const [{ length }] = name;
  const rest = behind.slice(length);
  const next = quote === '"' ? inNext.exec(rest)?.[0].length : undefined;
  if (next !== undefined) {
    const words = upToQuote('"', rest.slice(next));
    if (/^"\s{0,40}[)}]/.test(rest.slice(next + words.length)))
      return { text: toItsEnd.exec(words)?.[0] ?? "", start: from + length + next };
  }
  const around = quote === undefined ? open : openQuote(before.slice(0, before.lastIndexOf(quote)));
  const text = around === undefined ? rest : upToQuote(around, rest);
  return { text: toItsEnd.exec(text)?.[0] ?? "", start: from + length };
}

/** Basic and C# double a quote within a text, where others put a backslash before it; offsets stay. */
function upToQuote(around: string, rest: string): string {
  const text = around === '"' ? rest.replace(/""([^\s",)][^"\n]*)""/g, String.raw`\"$1\"`) : rest;
  return toItsQuote[around]?.exec(text)?.[0] ?? text;
}

/**
 * The quote that is open at the end of a line's beginning: `sh "curl`. Backticks are quotes (code in a line of Markdown, shells,
 * JavaScript), one or two alike; an apostrophe is none, and `$(` begins anew.
 */
function openQuote(before: string): string | undefined {
  const line = before.replace(/\$\([^()]*\)/g, "").replace(/`+/g, "`");
  const own = line.slice(line.lastIndexOf("$(") + 1).replace(/"""|'''|"[^"]*"|'[^']*'|`[^`]*`/g, "");
  return /(?:["`]|(?<![a-z]{2})')(?=[^"'`]*$)/i.exec(own)?.[0];
}

/** Up to the quote that closes it. One right before a word opens: shells and Windows take `"mysql -p"v" shop"` as one text. */
const toItsQuote: Readonly<Record<string, RegExp>> = {
  '"': /^(?:\\.|"(?=[\w!@#$])[^"\n]*"|[^"\\])*/s,
  "'": /^(?:\\.|'(?=[\w!@#$])[^'\n]*'|[^'\\])*/s,
  "`": /^(?:\\.|[^`\\])*/s,
};

function wordsOf({ text: line, start: offset }: Word): readonly Word[] {
  const words: Word[] = [];
  for (const match of line.matchAll(word)) {
    const { glued: before = "", double, quote = '"', other } = match.groups ?? {};
    const quoted = double ?? other;
    const glued = before.replace(/^[,[(]+$/, "");
    const at = offset + match.index;
    // Between the words of a list, and where a command goes on in the next line.
    if (/^(?:[,\])]+|[\\`^])$/.test(match[0])) continue;
    if (quoted === undefined) words.push({ text: match[0].replace(/[;)]+$/, ""), start: at });
    else if (glued === "") words.push({ text: quoted, start: at + before.length + quote.length });
    else {
      // `-p'v'`, `svc:"v"`, `--user="v"`: the quote is not part of the value, and not at its start.
      words.push({ text: glued, start: at });
      words.push({ text: quoted, start: at + before.length + quote.length, glued: true });
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
  // `curl -u v:`, `-u v:x`, `-u v:x-oauth-basic`: some services take a key as the user, and any password.
  if (/^(?:x|x-oauth-basic)?$/i.test(text.slice(colon + 1))) {
    const user = text.slice(0, colon);
    return readsAsKey(user) ? { text: user, start } : undefined;
  }
  return { text: text.slice(colon + 1), start: start + colon + 1 };
}
