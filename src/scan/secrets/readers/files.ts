/** Formats in which a place alone makes a value a password: NuGet.config, settings.xml, pipelines, PowerShell, GPP. */

import { readAssignment } from "../read-assignment.ts";
import {
  type Candidate,
  type Hit,
  indexWithin,
  lineEnd,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../view.ts";
import { noSecretReason, passwordScore, tokenScore } from "./literal-judgement.ts";

function literal(start: number, value: string, signal: string, score?: number): Proposal {
  if (value.length < 4 || noSecretReason(value, true) !== undefined) return noProposal;
  const end = start + Buffer.byteLength(value, "utf8");
  const candidate: Candidate = { start, end, proven: true, signals: [signal], ...(score !== undefined && { score }) };
  return { candidates: [candidate], skipTo: end };
}

/** The value that the syntax around the hit assigns, whatever its name. */
export function readPlaced(view: View, hit: Hit): Proposal {
  const found = readAssignment(view, hit);
  if (found === undefined) return noProposal;
  return literal(found.start, view.bytes.toString("utf8", found.start, found.end), "stored in clear text");
}

/** `##vso[task.setvariable variable=x;issecret=true]literal` */
export function readSetVariable(view: View, hit: Hit): Proposal {
  const line = view.bytes.toString("utf8", hit.start, lineEnd(view, hit.start, 600));
  const head = /^##vso\[task\.setvariable ([^\]]*)\]/i.exec(line);
  if (head === null || !/issecret=true/i.test(head[1] ?? "")) return noProposal;
  const value = /^[^\s"'`]+/.exec(line.slice(head[0].length))?.[0] ?? "";
  if (/^[$%]|\$\(|\$\{/.test(value)) return noProposal;
  return literal(hit.start + Buffer.byteLength(head[0]), value, "marked as a secret by the pipeline itself");
}

/** `ConvertTo-SecureString "literal" -AsPlainText` */
export function readSecureString(view: View, hit: Hit): Proposal {
  const line = view.bytes.toString("utf8", hit.end, lineEnd(view, hit.end, 400));
  if (!/-asplaintext/i.test(line)) return noProposal;
  const match = /^(?:[^"'|;]*?)(["'])((?:(?!\1).){4,200})\1/.exec(line);
  if (match === null || match[2]!.startsWith("$")) return noProposal;
  const start = hit.end + Buffer.byteLength(match[0].slice(0, match[0].length - match[2]!.length - 1));
  return literal(start, match[2]!, "literal made a secure string");
}

/** Pipelines: a variable or input whose name says secret, with a literal value. */
export function readPipelineLiteral(view: View, hit: Hit): Proposal {
  const found = readAssignment(view, hit);
  if (
    found === undefined ||
    !/(password|passwd|pwd|secret|token|api_?key|access_?key|\bpat)$/i.test(found.name.replace(/-/g, "_"))
  ) {
    return noProposal;
  }
  const value = view.bytes.toString("utf8", found.start, found.end);
  const score = Math.max(passwordScore(value, found.quoted), tokenScore(value));
  return score < 50 ? noProposal : literal(found.start, value, "literal in a pipeline", Math.max(score, 65));
}

/** The private key inside a Google service account's JSON; the hit is `"private_key"`. */
export function readServiceAccount(view: View, hit: Hit): Proposal {
  if (indexWithin(view.bytes, "-----BEGIN", hit.end, 20) < 0) return refusedAtSight;
  const text = view.bytes.toString("latin1", hit.end, Math.min(view.bytes.length, hit.end + 6000));
  const match =
    /^\s*:\s*"((?:-----BEGIN PRIVATE KEY-----)[A-Za-z0-9+/=\\n]{800,5000}-----END PRIVATE KEY-----(?:\\n)?)"/.exec(
      text,
    );
  if (match === null) return noProposal;
  const around = view.bytes.toString("latin1", Math.max(0, hit.start - 2000), hit.end + text.length);
  if (!around.includes("iam.gserviceaccount.com") && !around.includes("service_account")) return noProposal;
  const start = hit.end + match[0].indexOf("-----BEGIN");
  const end = start + match[1]!.replace(/\\n$/, "").length;
  const normalised = match[1]!.replace(/\\n|-----[A-Z ]+-----/g, "");
  return { candidates: [{ start, end, normalised, proven: true, signals: ["key of a service account"] }], skipTo: end };
}
