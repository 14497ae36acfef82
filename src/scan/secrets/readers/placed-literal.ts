/** Formats in which a place alone makes a value a password: NuGet.config, settings.xml, service accounts. */

import { readAssignment } from "../assignments/read-assignment.ts";
import { noChosenReason } from "../judgement/value-refusals.ts";
import { hasNamesake } from "../scoring/company.ts";
import {
  type Candidate,
  type Hit,
  indexWithin,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../text/view.ts";

/** A value that its place alone makes a password. */
export function placedLiteral(start: number, value: string, signal: string, score?: number): Proposal {
  if (value.length < 4 || noChosenReason(value) !== undefined) return noProposal;
  const end = start + Buffer.byteLength(value, "utf8");
  const candidate: Candidate = { start, end, proven: true, signals: [signal], ...(score !== undefined && { score }) };
  return { candidates: [candidate], skipTo: end };
}

/** The value that the syntax around the hit assigns, whatever its name. */
export function readPlaced(view: View, hit: Hit): Proposal {
  const found = readAssignment(view, hit);
  if (found === undefined) return noProposal;
  const value = view.bytes.toString("utf8", found.start, found.end);
  // Maven's own encryption.
  if (/^\{[A-Za-z0-9+/=\\]+\}$/.test(value) || hasNamesake(view, found.start, found.end)) return noProposal;
  return placedLiteral(found.start, value, "stored in clear text");
}

/** NuGet's `ClearTextPassword`, alone: of a longer name it is only a part. */
export function readFeedPassword(view: View, hit: Hit): Proposal {
  const found = readAssignment(view, hit);
  if (found?.name.toLowerCase() !== "cleartextpassword") return noProposal;
  return placedLiteral(found.start, view.bytes.toString("utf8", found.start, found.end), "stored in clear text");
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
