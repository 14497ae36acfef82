/** Passwords, keys and community names in the configuration of routers and switches, as they print it themselves. */

import { isOfLaboratory } from "../judgement/stock-passwords.ts";
import { noChosenReason } from "../judgement/value-refusals.ts";
import { placedScore } from "../judgement/value-scores.ts";
import { mayBe } from "../paths/path-facts.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import {
  type Hit,
  latinText,
  lineEnd,
  lineStart,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../text/view.ts";

const longestLine = 200;
/** What the place adds to the odds: nothing but a password stands there. */
const placeOdds = 2;

/**
 * `username ops password 0 v`, `enable secret v`, `snmp-server community v RO`, `pre-shared-key v`: lines and literals that begin
 * so, or go on so behind what a device writes before it reads a line (`R1(config)#`).
 */
const statements =
  /^\s*(?:[\w.@-]{1,40}(?:\([\w-]{1,40}\))?[#>]\s{0,3})?(?:(?:username|user) \S{1,40} .{0,40}|enable |line \S+ .{0,20}|snmp-server |crypto isakmp |(?:tacacs|radius)(?:-server)? .{0,60}|neighbor \S{1,60} |ntp authentication-key .{0,20}|(?:password|key|pre-shared-key|key-string|wpa-psk(?: ascii| hex)?) |ip (?:ospf|ftp) .{0,30}|ppp (?:chap|pap) .{0,40}|r[ow]community )/;
/**
 * The number says how the rest is written: 0 as it is, 7 in a form that anybody can undo, others as a hash. Behind it may
 * stand what it is good for: a word of its own, the number of a list, an address.
 */
const value =
  /^(?:(?<form>\d{1,2}) )?(?<text>[^\s"'`]{4,80})(?= (?:(?:ro|rw|view|address|vrf|level|default)\b|\d+(?:[.:]|\s*$))|\s*$)/i;

/** What a device writes while it is being configured: nothing but its own statements can follow. */
const configured = /^\s*[\w.@-]{1,40}\(config[\w-]{0,30}\)#/;
/** Behind `username `: whose it is, and what comes right before the value. */
const ofUser = /^\S{1,40} (?:privilege \d{1,2} |role \S{1,20} )?(?:secret|password) /;

/** The hit ends right before the value, before or behind the number that says how it is written, or with `username `. */
export function readNetworkDevice(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  if (!isUser(bytes, hit)) return readStatement(view, hit);
  const account = ofUser.exec(latinText(bytes, hit.end, hit.end + 80));
  return account === null ? refusedAtSight : readStatement(view, { ...hit, end: hit.end + account[0].length });
}

function isUser(bytes: Buffer, { start, end }: Hit): boolean {
  return bytes[start] === 0x75 && end - start === "username ".length;
}

/** What of a line stands within the literal that is still open (`["enable secret v"]`), or all of it. */
function statementBefore(line: string): { readonly before: string; readonly quote: string } {
  const opened = /(["'`])(?:[^"'`]*\\n)?([^"'`]*)$/.exec(line);
  return { before: opened?.[2] ?? line, quote: opened?.[1] ?? "" };
}

/** As far as its literal or its line goes. */
function restOfStatement(line: string, quote: string): string {
  if (quote === "") return line;
  const end = line.indexOf(quote);
  return end < 0 ? "" : line.slice(0, end).replace(/\\[nr].*$/, "");
}

function readStatement(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const line = latinText(bytes, lineStart(view, hit.start, longestLine), hit.end);
  const { before, quote } = statementBefore(mayBe(view.facts, "yaml") ? line.replace(/^\s*- /, "") : line);
  if (!statements.test(before)) return noProposal;
  const match = value.exec(restOfStatement(latinText(bytes, hit.end, lineEnd(view, hit.end, longestLine)), quote));
  const { form = /(?:^|\s)(\d) $/.exec(before)?.[1] ?? "", text = "" } = match?.groups ?? {};
  if (match === null || noChosenReason(text) !== undefined || isOfLaboratory(text)) return noProposal;
  const start = hit.end + match[0].length - text.length;
  const end = start + text.length;
  if (form === "7") {
    if (!/^\d\d(?:[0-9A-F]{2}){4,40}$/i.test(text)) return noProposal;
    return {
      candidates: [{ start, end, proven: true, signals: ["written in a form that can be undone"] }],
      skipTo: end,
    };
  }
  if (form !== "" && form !== "0") return noProposal;
  const score = configured.test(before)
    ? placedScore(text, placeOdds)
    : scoreValue(text, "password", { odds: placeOdds });
  return { candidates: [{ start, end, score, signals: ["password of a network device"] }], skipTo: end };
}
