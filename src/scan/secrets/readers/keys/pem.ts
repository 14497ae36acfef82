/** Private keys in PEM: over several lines, with `\n` escapes inside a string, or on one line. */

import { cursorOf } from "../../keystores/cursor.ts";
import { lockedScore, lockedSignal, openScore } from "../../keystores/keystore.ts";
import { type PrivateKeyFacts, privateKeyFacts, sshIdentity } from "../../keystores/private-key.ts";
import {
  type Candidate,
  type Hit,
  indexWithin,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../../text/view.ts";
import { wrappedBase64 } from "../wrapped-base64.ts";
import { lookalike } from "./lookalike.ts";

const longest = 20_000;
/** `-----END RSA PRIVATE KEY-----` with all that may stand in it. */
const longestFoot = 72;
/** A header in base64, over lines that are indented. */
const longestHead = 400;

export function readPem(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const headEnd = indexWithin(bytes, "-----", hit.end, 45);
  if (headEnd < 0) return refusedAtSight;
  const label = bytes.toString("latin1", hit.end, headEnd);
  if (!label.includes("PRIVATE KEY")) return refusedAtSight;
  const bodyStart = headEnd + 5;
  const stop = indexWithin(bytes, "-----", bodyStart, longest);
  const text = bytes.toString("latin1", bodyStart, stop < 0 ? bodyStart + longest : stop + longestFoot);
  const block = blockIn(text);
  return proposed(label, block, { start: hit.start, end: bodyStart + block.end, looked: block.looked });
}

/**
 * base64 of a whole PEM file, as kubeconfig and Kubernetes Secrets hold it; the hit is its first characters. Its header says
 * whether the rest is worth decoding.
 */
export function readEncodedPem(view: View, hit: Hit): Proposal {
  if (headOf(wrappedBase64(view.bytes, hit.start, longestHead).text) === undefined) return noProposal;
  const { text, end, looked } = wrappedBase64(view.bytes, hit.start, longest);
  const head = headOf(text);
  return head === undefined ? noProposal : proposed(head.label, blockIn(head.rest), { start: hit.start, end, looked });
}

function headOf(encoded: string): { readonly label: string; readonly rest: string } | undefined {
  const text = Buffer.from(encoded, "base64").toString("latin1");
  const match = /^-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----/.exec(text);
  return match === null ? undefined : { label: match[1]!, rest: text.slice(match[0].length) };
}

/** What is between header and footer is a key, looks like one, or is none; `looked` bytes were looked at. */
function proposed(
  label: string,
  block: Block,
  { start, end, looked }: { readonly start: number; readonly end: number; readonly looked: number },
): Proposal {
  const read = { skipTo: end, cost: looked };
  if (!isBase64(block.body)) return { ...noProposal, ...read };
  const facts = block.closed ? privateKeyFacts(label, block.body, block.headers) : none;
  if (facts.is === "no-secret") return { ...noProposal, ...read };
  if (facts.is === "none") return { candidates: lookalike(block.body, block.closed, start, end), ...read };
  return { candidates: [keyCandidate(facts, block.body, start, end)], ...read };
}

const none: PrivateKeyFacts = { is: "none" };

function keyCandidate(
  facts: Extract<PrivateKeyFacts, { is: "key" | "unread" }>,
  body: string,
  start: number,
  end: number,
): Candidate {
  return {
    start,
    end,
    normalised: facts.is === "key" ? facts.identity : body,
    proven: true,
    score: facts.encrypted ? lockedScore : openScore,
    signals: [
      facts.is === "key" ? "decodes as a private key" : "has the structure of a private key",
      ...(facts.encrypted ? [lockedSignal] : []),
    ],
  };
}

interface Block {
  readonly headers: string;
  readonly body: string;
  readonly end: number;
  /** Bytes that were looked at: blanks behind the end, too. */
  readonly looked: number;
  /** False: the footer is missing, and the body is what looks like one. */
  readonly closed: boolean;
}

/** What follows a header: up to the footer, or as far as base64 goes. */
function blockIn(text: string): Block {
  const stop = text.indexOf("-----");
  const footer =
    stop < 0 ? null : /^-----END [A-Z0-9 ]{0,40}KEY(?: BLOCK)?-----/.exec(text.slice(stop, stop + longestFoot));
  if (footer !== null) {
    const end = stop + footer[0].length;
    return { ...bodyOf(text.slice(0, stop)), end, looked: end, closed: true };
  }
  const [cut = ""] =
    /^(?:[A-Za-z0-9+/=]{16,}|\\{1,4}[nrt]|[\s"'`,;#*>|])+/.exec(stop < 0 ? text : text.slice(0, stop)) ?? [];
  const read = withoutTail(cut);
  return { ...bodyOf(read), end: read.length, looked: cut.length, closed: false };
}

const besideLines = " \t\r\n\v\f\xa0\"'`,;#*>|";

/** Without the blanks, marks and escaped line breaks at its end; a pattern for them would begin anew at each blank. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0) {
    if (besideLines.includes(text.charAt(end - 1))) end--;
    else if ("nrt".includes(text.charAt(end - 1)) && text.charAt(end - 2) === "\\") end -= 2;
    else break;
  }
  return text.slice(0, end);
}

function isBase64(body: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}(=[A-Za-z0-9+/]{4})?$/.test(body);
}

/** Separates the headers of old encrypted keys from the base64, and takes escapes, quotes, comment and diff marks off. */
function bodyOf(text: string): { readonly headers: string; readonly body: string } {
  const lines = text
    .replace(/\\{1,4}[nrt]|\\u000[adAD]|&#(?:1[03]|x0?[adAD]);|%0[AaDd]|<br ?\/?>/g, "\n")
    .replace(/\\\//g, "/")
    .split(/[\r\n]+/);
  const headers: string[] = [];
  let body = "";
  for (const line of lines) {
    const quoted = /["'`]/.test(line);
    const clean = trimmed(line, quoted ? `${leading}+` : leading, quoted ? `${trailing}+` : trailing);
    if (/^[A-Za-z-]+: /.test(clean)) headers.push(clean);
    else body += clean.replace(/\s+/g, "");
  }
  return { headers: headers.join("\n"), body: body.replace(/%2[BbFf]|%3[Dd]/g, decodeURIComponent) };
}

const leading = " \t\"'`#*>|,";
const trailing = " \t\"'`,;\\.)";

function trimmed(line: string, lead: string, trail: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && lead.includes(line.charAt(start))) start++;
  while (end > start && trail.includes(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}

/** PuTTY's own key file: a header, and a counted block of private lines. */
export function readPutty(view: View, hit: Hit): Proposal {
  if (view.bytes[hit.end + 1] !== 0x3a) return refusedAtSight;
  const text = view.bytes.toString("latin1", hit.start, Math.min(view.bytes.length, hit.start + longest));
  const match = /^PuTTY-User-Key-File-[123]: (\S+)\r?\nEncryption: (\S+)\r?\n/.exec(text);
  const marker = text.indexOf("Private-Lines:");
  if (match === null || marker < 0) return noProposal;
  const counted = /^Private-Lines: (\d{1,3})\r?\n/.exec(text.slice(marker, marker + 40));
  if (counted === null) return noProposal;
  let at = marker + counted[0].length;
  for (let line = 0; line < Number(counted[1]); line++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return noProposal;
    at = next + 1;
  }
  const body = text.slice(marker + counted[0].length, at).replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]{20,}={0,2}$/.test(body)) return noProposal;
  const encrypted = match[2] !== "none";
  const known = /\nPublic-Lines: \d{1,3}\r?\n([A-Za-z0-9+/=\s]{20,})/.exec(text.slice(0, marker))?.[1];
  const candidate = {
    start: hit.start,
    end: hit.start + text.slice(0, at).trimEnd().length,
    // The public half is that of OpenSSH's form, so one key in both forms is one secret.
    normalised: known === undefined ? body : sshIdentity(Buffer.from(known, "base64")),
    proven: true,
    score: encrypted ? lockedScore : openScore,
    signals: ["PuTTY key file", ...(encrypted ? [lockedSignal] : [])],
  };
  return { candidates: [candidate], skipTo: hit.start + at };
}

const ssh2Foot = "---- END SSH2 ENCRYPTED PRIVATE KEY ----";
const ssh2Magic = 0x3f6ff9eb;

/** The key file of SSH Communications: headers, base64, and inside a magic, a length, the kind of key and its cipher. */
export function readSsh2(view: View, hit: Hit): Proposal {
  const text = view.bytes.toString("latin1", hit.end, Math.min(view.bytes.length, hit.end + longest));
  const stop = text.indexOf(ssh2Foot);
  if (stop < 0) return noProposal;
  const end = hit.end + stop + ssh2Foot.length;
  // A header that goes on ends with a backslash.
  const body = text
    .slice(0, stop)
    .replace(/^[A-Za-z-]+: (?:[^\r\n]*\\\r?\n)*[^\r\n]*$/gm, "")
    .replace(/\s/g, "");
  const bytes = /^[A-Za-z0-9+/]{40,}={0,2}$/.test(body) ? Buffer.from(body, "base64") : undefined;
  const cursor = cursorOf(bytes ?? Buffer.alloc(0));
  const isWhole = cursor.number(4) === ssh2Magic && (cursor.number(4) ?? Infinity) <= (bytes?.length ?? 0);
  const kind = cursor.take(cursor.number(4));
  const cipher = cursor.take(cursor.number(4))?.toString("latin1");
  if (!isWhole || kind === undefined || cipher === undefined) return { ...noProposal, skipTo: end };
  const encrypted = cipher !== "none";
  const candidate = {
    ...{ start: hit.start, end, normalised: body, proven: true, score: encrypted ? lockedScore : openScore },
    signals: ["key file of SSH2", ...(encrypted ? [lockedSignal] : [])],
  };
  return { candidates: [candidate], skipTo: end };
}
