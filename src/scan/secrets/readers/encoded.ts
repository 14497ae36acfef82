/** Secrets behind one layer of base64: Basic headers, .npmrc passwords, Docker logins, Kubernetes Secrets. */
import { mayBe } from "../path-facts.ts";
import {
  type Candidate,
  type Hit,
  indexWithin,
  lineEnd,
  noProposal,
  type Proposal,
  refusedAtSight,
  runEnd,
  type View,
} from "../view.ts";
import { noSecretReason } from "./literal-judgement.ts";

const longest = 4096;
const quoteOrSpace = new Set([0x20, 0x22, 0x27, 0x3d, 0x3a, 0x09]);

/** Base64 of printable text, decoded; undefined if it is neither. */
function printable(encoded: string): string | undefined {
  if (encoded.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  return /^[\x20-\x7e\t\r\n]{4,}$/.test(text) ? text : undefined;
}

function encodedAfter(
  view: View,
  from: number,
): { readonly start: number; readonly end: number; readonly text: string } {
  let start = from;
  while (start < from + 6 && quoteOrSpace.has(view.bytes[start] ?? 0)) start++;
  let end = runEnd(view.bytes, "base64Any", start, longest);
  while (end < start + longest && view.bytes[end] === 0x3d) end++;
  return { start, end, text: view.bytes.toString("latin1", start, end) };
}

/** `Basic` and base64 of `user:password`. */
export function readBasicHeader(view: View, hit: Hit): Proposal {
  const { start, end, text } = encodedAfter(view, hit.end);
  return userAndPassword(start, end, text, "Basic header decodes to user and password");
}

/** `"auth": "base64 of user:password"` of a Docker configuration, `_auth=` of .npmrc. */
export function readEncodedLogin(view: View, hit: Hit): Proposal {
  const { start, end, text } = encodedAfter(view, hit.end);
  return userAndPassword(start, end, text, "decodes to user and password");
}

function userAndPassword(start: number, end: number, text: string, signal: string): Proposal {
  const decoded = printable(text);
  const colon = decoded?.indexOf(":") ?? -1;
  if (decoded === undefined || colon < 0) return noProposal;
  const password = decoded.slice(colon + 1);
  const user = decoded.slice(0, colon);
  if (password.length < 4 || noSecretReason(password, true) !== undefined || /[\r\n]/.test(password)) return noProposal;
  if (/^(open ?sesame|bar|pass(word)?\d*)$/i.test(password) || password === user) return noProposal;
  return { candidates: [{ start, end, normalised: password, proven: true, signals: [signal] }], skipTo: end };
}

/** `_password=` of .npmrc: base64 of the password or token. */
export function readNpmPassword(view: View, hit: Hit): Proposal {
  const before = view.bytes[hit.start - 1];
  if (before !== undefined && before !== 0x3a && before !== 0x0a) return refusedAtSight;
  const { start, end, text } = encodedAfter(view, hit.end);
  const decoded = printable(text);
  if (decoded === undefined || noSecretReason(decoded, true) !== undefined) return noProposal;
  return {
    candidates: [{ start, end, normalised: decoded, proven: true, signals: ["decodes to a password"] }],
    skipTo: end,
  };
}

const longestDocument = 64_000;

/** A Kubernetes Secret: the values under `data:` (base64) and `stringData:` of the document around the hit. */
export function readKubernetesSecret(view: View, hit: Hit): Proposal {
  const { bytes, facts } = view;
  if (!mayBe(facts, "config") || (hit.start > 0 && bytes[hit.start - 1] !== 0x0a)) return refusedAtSight;
  if (lineEnd(view, hit.end, 1) !== hit.end) return refusedAtSight;
  const earliest = Math.max(0, hit.start - longestDocument);
  const separator = bytes.subarray(earliest, hit.start).lastIndexOf("\n---", undefined, "latin1");
  const from = separator < 0 ? earliest : earliest + separator + 4;
  const next = indexWithin(bytes, "\n---", hit.end, longestDocument);
  const to = next < 0 ? Math.min(bytes.length, hit.end + longestDocument) : next;
  const candidates: Candidate[] = [];
  let section = "";
  for (let at = from; at < to; ) {
    const end = lineEnd(view, at, to - at);
    const line = bytes.toString("latin1", at, end);
    const top = /^([A-Za-z]+):\s*$/.exec(line);
    if (top !== null) section = top[1] ?? "";
    else if (/^\S/.test(line)) section = "";
    const entry = /^(\s+["']?[\w.-]+["']?:\s+)(["']?)([^\s"'#|>]+)\2\s*$/.exec(line);
    if (entry !== null && (section === "data" || section === "stringData")) {
      const start = at + entry[1]!.length + entry[2]!.length;
      const candidate = kubernetesValue(section, entry[3]!, start);
      if (candidate !== undefined) candidates.push(candidate);
    }
    at = end + 1;
  }
  return { candidates, skipTo: to };
}

function kubernetesValue(section: string, value: string, start: number): Candidate | undefined {
  const decoded = section === "data" ? printable(value) : value;
  if (decoded === undefined || decoded.length < 5 || noSecretReason(decoded.trim(), true) !== undefined)
    return undefined;
  return {
    start,
    end: start + value.length,
    normalised: decoded,
    proven: true,
    signals: [section === "data" ? "decodes to text" : "literal in stringData"],
  };
}
