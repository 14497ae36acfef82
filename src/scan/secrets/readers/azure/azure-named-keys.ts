/**
 * Keys of Azure's services that have no mark of their own: their form, and a service's name near them. Hashes, ids and
 * everything else whose name says what it is are left alone.
 */

import { isListedSum, otherThanKeys } from "../../judgement/other-things.ts";
import { entropy } from "../../scoring/entropy.ts";
import { type AlphabetName, alphabetTable } from "../../text/alphabets.ts";
import { type Candidate, type Hit, isIn, noProposal, type Proposal, startsToken, type View } from "../../text/view.ts";

const wordOrSign = alphabetTable("base64Padded");
const before = 100;
const after = 220;
/** How much of a line is read in front of a value to know its name. */
const nameReach = 60;

interface Run {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What stands before it on its line, in lower case. */
  readonly name: string;
}

/** The word that the value is assigned to, in lower case. */
const ownName = /([\w.-]+)["'`\])]{0,2}\s{0,3}(?:=>|:=|[=:,>(])?\s{0,3}["'`(\\]{0,3}$/;
const keyWords = /key|secret|token|pass|pwd|code|cred|auth|bearer/;
const direct = /^[\w.\- ]{0,40}["'`\])]{0,2}\s{0,3}(?:=>|:=|[=:,>(])?\s{0,3}["'`(]{0,2}$/;

/** Maximal runs of the alphabet that begin near the hit. */
function runsNear(view: View, hit: Hit, alphabet: AlphabetName): readonly Run[] {
  const { bytes } = view;
  const table = alphabetTable(alphabet);
  const to = Math.min(bytes.length, hit.end + after);
  const runs: Run[] = [];
  let at = Math.max(0, hit.start - before);
  while (at > 0 && at < to && isIn(table, bytes[at - 1])) at++;
  while (at < to) {
    if (!isIn(table, bytes[at])) {
      at++;
      continue;
    }
    const start = at;
    while (at < bytes.length && at < start + 200 && isIn(table, bytes[at])) at++;
    if (at - start < 30 || !startsToken(bytes, start)) continue;
    const text = bytes.toString("latin1", start, at);
    const line = bytes.toString("latin1", Math.max(0, start - nameReach), start).toLowerCase();
    runs.push({ start, end: at, text, name: line.slice(line.lastIndexOf("\n") + 1) });
  }
  return runs;
}

function isOther(name: string): boolean {
  return otherThanKeys.test(ownName.exec(name)?.[1] ?? "");
}

/** True if the value's name says key or secret, or the service's name is the value's own. */
function isNamed(view: View, hit: Hit, { start, end, name }: Run): boolean {
  // A piece of a path is an id, and an address is signed in its own right.
  if (isOther(name) || /\/$|(?:^|[?&;\s"'])sig=$/.test(name)) return false;
  if (isListedSum(view.bytes, start, end)) return false;
  if (keyWords.test(name)) return true;
  if (start < hit.end) return false;
  const between = view.bytes.toString("latin1", hit.end, start);
  return direct.test(between) || secondArgument.test(between) || isEntry(view, hit, between);
}

/** From a name to the value that stands apart from it: an entry of a list of variables, a parameter, a resource's string. */
export const toValueOfEntry =
  /^([\w.-]{0,40})(?:["']?,?\s{1,48}(?:["']?slotSetting["']?:\s?(?:true|false),\s{0,48})?["']?value["']?\s{0,3}[:=]\s{0,3}["']?|["']?\s?:\s?\{\s{0,48}["']?value["']?\s?:\s?["']?|["'][^<>\n]{0,40}>\s{0,48}<value>|<\/key>\s{0,48}<string>)/i;

/** `- name: SPEECH_KEY`, and on the next line `value: KEY`. */
function isEntry({ bytes }: View, hit: Hit, between: string): boolean {
  const match = toValueOfEntry.exec(between);
  if (match === null || match[0].length < between.length) return false;
  const head = /[\w.-]*$/.exec(bytes.toString("latin1", Math.max(0, hit.start - nameReach), hit.end))?.[0] ?? "";
  const name = (head + match[1]!).toLowerCase();
  return keyWords.test(name) && !otherThanKeys.test(name);
}

/** `new Client("https://name.service.example/", "KEY")`: the key is the argument behind the address. */
const secondArgument = /^[\w.:/?=&-]{0,80}["'`]\s{0,3},\s{0,40}(?:new\s\w{1,40}\(\s{0,3})?["'`]$/;

function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

function proposalOf(candidates: readonly Candidate[]): Proposal {
  return candidates.length === 0 ? noProposal : { candidates };
}

/** 32 or 64 bytes in base64. */
export function readNamedKey(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const candidates: Candidate[] = [];
  for (const run of runsNear(view, hit, "base64")) {
    const padding = run.text.length === 43 ? "=" : run.text.length === 86 ? "==" : undefined;
    const end = run.end + (padding?.length ?? 0);
    if (padding === undefined || bytes.toString("latin1", run.end, end) !== padding || isIn(wordOrSign, bytes[end]))
      continue;
    if (!isMixed(run.text) || entropy(run.text) < 4.3 || !isNamed(view, hit, run)) continue;
    candidates.push({ start: run.start, end, signals: ["a key's form beside the name of a service"] });
  }
  return proposalOf(candidates);
}

/** 32 hexadecimal digits, all of one case. */
export function readNamedHexKey(view: View, hit: Hit): Proposal {
  const candidates: Candidate[] = [];
  for (const run of runsNear(view, hit, "base62")) {
    if (!/^(?:[0-9a-f]{32}|[0-9A-F]{32})$/.test(run.text) || /^\d+$/.test(run.text) || entropy(run.text) < 3) continue;
    if (!isNamed(view, hit, run) || /[-_]/.test(String.fromCharCode(view.bytes[run.end] ?? 0))) continue;
    candidates.push({ start: run.start, end: run.end, signals: ["a key's form beside the name of a service"] });
  }
  return proposalOf(candidates);
}

/** Search: upper case anywhere, lower case only where Azure is named; also 52 letters and digits. */
export function readSearchKey(view: View, hit: Hit): Proposal {
  const around = view.bytes.toString("latin1", Math.max(0, hit.start - before), hit.end + after).toLowerCase();
  const azure = /azure|search\.windows\.net|cognitive/.test(around);
  const hex = readNamedHexKey(view, hit).candidates.filter(
    ({ start }) => azure || !/[a-f]/.test(view.bytes.toString("latin1", start, start + 32)),
  );
  const long = azure ? runsNear(view, hit, "base62").filter(({ text }) => text.length === 52 && isMixed(text)) : [];
  return proposalOf([
    ...hex,
    ...long
      .filter((run) => isNamed(view, hit, run) && !/JQQJ9/.test(run.text))
      .map(({ start, end }) => ({ start, end, signals: ["a key's form beside the name of a service"] })),
  ]);
}

/** The registry's admin password: 32 characters, `=` anywhere among them. */
export function readRegistryPassword(view: View, hit: Hit): Proposal {
  const candidates: Candidate[] = [];
  for (const run of runsNear(view, hit, "base64Padded")) {
    const { start, end, text, name } = run;
    // The sign of an assignment is no part of it.
    const skip = text.length > 32 && text.startsWith("=") ? text.length - 32 : 0;
    const value = text.slice(skip);
    if (value.length !== 32 || (skip > 0 && !/^=+$/.test(text.slice(0, skip))) || !isMixed(value)) continue;
    if (entropy(value) < 3.8 || isOther(name)) continue;
    const isEntrys = start >= hit.end && isEntry(view, hit, view.bytes.toString("latin1", hit.end, start));
    if (!isEntrys && !/pass|pwd|key|secret|token|cred|login|-p\b/.test(name)) continue;
    candidates.push({ start: start + skip, end, signals: ["a password's form beside a registry's address"] });
  }
  return proposalOf(candidates);
}
