/** Passwords where only Windows puts them: secure strings of PowerShell, answer files of its setup, group policies. */
import { createDecipheriv } from "node:crypto";
import { readAssignment } from "../assignments/read-assignment.ts";
import { placeholderReason } from "../judgement/placeholders.ts";
import { noSecretReason } from "../judgement/value-refusals.ts";
import { type Candidate, type Hit, indexWithin, lineEnd, noProposal, type Proposal, type View } from "../text/view.ts";
import { placedLiteral } from "./placed-literal.ts";

const pipedReach = 210;

/** `ConvertTo-SecureString "literal" -AsPlainText`, with the parameters in any order. */
export function readSecureString(view: View, hit: Hit): Proposal {
  const line = view.bytes.toString("utf8", hit.end, lineEnd(view, hit.end, 400));
  if (!/-asp/i.test(line)) return noProposal;
  const match =
    /^(?:[^"'|;$]{0,60}?)(?:(["'])((?:(?!\1).){4,200})\1|(?<= |:)(?<bare>[^\s"'$(@-][^\s"'$()]{5,200})(?=[ )]|$))/.exec(
      line,
    );
  const value = match?.[2] ?? match?.groups?.bare;
  if (match === null || value === undefined) return pipedLiteral(view, hit);
  if (/^\$|\$\(/.test(value) || placeholderReason(value) !== undefined) return noProposal;
  const at = match[0].lastIndexOf(value);
  return placedLiteral(hit.end + Buffer.byteLength(match[0].slice(0, at)), value, "literal made a secure string");
}

/** `"v" | ConvertTo-SecureString -AsPlainText -Force` */
function pipedLiteral({ bytes }: View, { start }: Hit): Proposal {
  const before = bytes.toString("latin1", Math.max(0, start - pipedReach), start);
  const match = /(["'])([^"'$\r\n]{4,200})\1[ \t]{0,3}\|[ \t]{0,3}$/.exec(before);
  const value = match?.[2];
  if (match === null || value === undefined) return noProposal;
  const from = start - match[0].length + 1;
  const text = bytes.toString("utf8", from, from + value.length);
  return placedLiteral(from, text, "literal made a secure string");
}

/** What setup appends to a password before it encodes both. */
const appended =
  /(AdministratorPassword|OfflineAdministratorPassword|OfflineDomainPassword|OfflineSettingPassword|UnattendPassword|Password)$/;

/** The first `<Value>` within an element of an answer file; plain, or base64 of UTF-16 with the element's name behind. */
export function readUnattendPassword(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const open = indexWithin(bytes, "<Value>", hit.end, 700);
  if (open < 0) return noProposal;
  const start = open + 7;
  const close = indexWithin(bytes, "</Value>", start, 300);
  // An element that closes before has no value of its own.
  const between = bytes.toString("latin1", hit.end, open);
  if (close < 0 || /<\/(AdministratorPassword|AutoLogon|LocalAccounts?|Credentials|UserAccounts)>/i.test(between)) {
    return noProposal;
  }
  const value = bytes.toString("utf8", start, close);
  const decoded = utf16(value);
  if (decoded !== undefined && appended.test(decoded)) {
    const normalised = decoded.replace(appended, "");
    if (normalised.length < 2 || noSecretReason(normalised) !== undefined) return noProposal;
    return proven(start, close, normalised, "base64 of a password and the element's name");
  }
  return placedLiteral(start, value, "password of an answer file");
}

/** Windows writes it so, and nothing else does. */
const writtenByWindows = 90;

function proven(start: number, end: number, normalised: string, signal: string): Proposal {
  const candidate: Candidate = { start, end, normalised, proven: true, score: writtenByWindows, signals: [signal] };
  return { candidates: [candidate], skipTo: end };
}

function utf16(encoded: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(encoded)) return undefined;
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length % 2 !== 0 || bytes.some((byte, index) => index % 2 === 1 && byte !== 0)) return undefined;
  return bytes.toString("utf16le");
}

/** The key with which every Windows encrypts passwords of group policies: published in [MS-GPPREF] 2.2.1.1.4. */
export const policyKey = Buffer.from("4e9906e8fcb66cc9faf49310620ffee8f496e806cc057990209b09a433b66c1b", "hex");

/** `cpassword="..."`: proven if it decrypts to text, otherwise by its form only. */
export function readPolicyPassword(view: View, hit: Hit): Proposal {
  const found = readAssignment(view, hit);
  if (found === undefined) return noProposal;
  const { start, end } = found;
  const value = view.bytes.toString("latin1", start, end);
  if (!/^[A-Za-z0-9+/]{20,400}={0,2}$/.test(value) || noSecretReason(value) !== undefined) return noProposal;
  const password = decrypted(value);
  if (password !== undefined) return proven(start, end, password, "decrypts with the published key");
  const candidate: Candidate = { start, end, formatOnly: true, signals: ["does not decrypt: right format only"] };
  return { candidates: [candidate], skipTo: end };
}

function decrypted(value: string): string | undefined {
  const bytes = Buffer.from(value, "base64");
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  try {
    const decipher = createDecipheriv("aes-256-cbc", policyKey, Buffer.alloc(16));
    const text = Buffer.concat([decipher.update(bytes), decipher.final()]).toString("utf16le");
    return text.length > 0 && !/\p{Cc}|\ufffd/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
