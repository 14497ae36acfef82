/** Private keys in PEM: over several lines, with `\n` escapes inside a string, or on one line. */
import { privateKeyFacts } from "../checks/private-key.ts";
import { entropy } from "../entropy.ts";
import {
  type Candidate,
  type Hit,
  indexWithin,
  noProposal,
  type Proposal,
  refusedAtSight,
  runEnd,
  type View,
} from "../view.ts";

const longest = 20_000;

export function readPem(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const headEnd = indexWithin(bytes, "-----", hit.end, 45);
  if (headEnd < 0) return refusedAtSight;
  const label = bytes.toString("latin1", hit.end, headEnd);
  if (!label.includes("PRIVATE KEY")) return refusedAtSight;
  const bodyStart = headEnd + 5;
  const bodyEnd = indexWithin(bytes, "-----", bodyStart, longest);
  if (bodyEnd < 0) return noProposal;
  const footer = `-----END ${label}-----`;
  if (bytes.toString("latin1", bodyEnd, bodyEnd + footer.length) !== footer) return noProposal;
  const { headers, body } = bodyOf(bytes.toString("latin1", bodyStart, bodyEnd));
  const end = bodyEnd + footer.length;
  if (!/^[A-Za-z0-9+/]+={0,2}(=[A-Za-z0-9+/]{4})?$/.test(body)) return { ...noProposal, skipTo: end };
  const facts = privateKeyFacts(label, body, headers);
  if (facts.is === "none") return { candidates: lookalike(body, hit.start, end), skipTo: end };
  const candidate = {
    start: hit.start,
    end,
    normalised: facts.is === "key" ? facts.identity : body,
    proven: true,
    score: facts.encrypted ? 70 : 95,
    signals: [
      facts.is === "key" ? "decodes as a private key" : "has the structure of a private key",
      ...(facts.encrypted ? ["protected by a passphrase"] : []),
    ],
  };
  return { candidates: [candidate], skipTo: end };
}

/** base64 of a whole PEM file, as kubeconfig and Kubernetes Secrets hold it; the hit is its first characters. */
export function readEncodedPem(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const end = runEnd(bytes, "base64Padded", hit.start, longest);
  const text = Buffer.from(bytes.toString("latin1", hit.start, end), "base64").toString("latin1");
  const match = /^-----BEGIN ([A-Z ]{0,30}PRIVATE KEY)-----([^-]+)-----END \1-----/.exec(text);
  if (match === null) return { ...noProposal, skipTo: end };
  const { headers, body } = bodyOf(match[2] ?? "");
  const facts = privateKeyFacts(match[1] ?? "", body, headers);
  if (facts.is === "none") return { ...noProposal, skipTo: end };
  const normalised = facts.is === "key" ? facts.identity : body;
  const signals = ["decodes to a private key"];
  const candidate = { start: hit.start, end, normalised, proven: true, score: facts.encrypted ? 70 : 95, signals };
  return { candidates: [candidate], skipTo: end };
}

/** As long as a key and as random as one, but no key that anything reads: damaged, cut, or made up. */
function lookalike(body: string, start: number, end: number): readonly Candidate[] {
  if (body.length < 100 || entropy(body) < 4.5) return [];
  return [{ start, end, normalised: body, formatOnly: true, signals: ["does not decode: right format only"] }];
}

/** Separates the headers of old encrypted keys from the base64, and takes escapes, quotes, comment and diff marks off. */
function bodyOf(text: string): { readonly headers: string; readonly body: string } {
  const lines = text.replace(/\\[nrt]/g, "\n").split(/[\r\n]+/);
  const headers: string[] = [];
  let body = "";
  for (const line of lines) {
    const quoted = /["'`]/.test(line);
    const clean = trimmed(line, quoted ? `${leading}+` : leading, quoted ? `${trailing}+` : trailing);
    if (/^[A-Za-z-]+: /.test(clean)) headers.push(clean);
    else body += clean;
  }
  return { headers: headers.join("\n"), body };
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
  const candidate = {
    start: hit.start,
    end: hit.start + text.slice(0, at).trimEnd().length,
    normalised: body,
    proven: true,
    score: encrypted ? 70 : 95,
    signals: ["PuTTY key file", ...(encrypted ? ["protected by a passphrase"] : [])],
  };
  return { candidates: [candidate], skipTo: hit.start + at };
}
