import { jwtFacts, jwtHeader } from "../../checks/jwt-facts.ts";
import { placeholderReason } from "../../judgement/placeholders.ts";
import {
  type Candidate,
  type Hit,
  noProposal,
  type Proposal,
  refusedAtSight,
  runEnd,
  startsToken,
  type View,
} from "../../text/view.ts";

const longestPart = 8192;
const dot = 0x2e;
/** How the examples of RFC 7516, appendix A, end, which manuals and tests repeat. */
const publishedEnds = new Set(["XFBoMYUZodetZdvTiFvSkQ", "9hH0vgRfYgPnAHOd8stkvw", "U0m_YmjN04DJvceFICbCVQ"]);

/**
 * A signed JSON Web Token: header and payload decode, the signature is there. Published samples are left out. An encrypted
 * one has five parts, of which the header decodes (RFC 7516).
 */
export function readJwt(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  if (!startsToken(bytes, hit.start) || bytes[hit.start - 1] === dot) return refusedAtSight;
  const headEnd = runEnd(bytes, "base64Url", hit.start, longestPart);
  if (headEnd - hit.start < 16) return { ...refusedAtSight, skipTo: headEnd };
  if (bytes[headEnd] !== dot) return { ...noProposal, skipTo: headEnd };
  const bodyEnd = runEnd(bytes, "base64Url", headEnd + 1, longestPart);
  if (bytes[bodyEnd] !== dot) return { ...noProposal, skipTo: bodyEnd };
  const end = runEnd(bytes, "base64Url", bodyEnd + 1, longestPart);
  const encrypted = encryptedToken(bytes, hit.start, end);
  if (encrypted) return { candidates: [encrypted], skipTo: encrypted.end };
  if (bodyEnd === headEnd + 1 || end - bodyEnd <= 20) return { ...noProposal, skipTo: end };
  const token = bytes.toString("latin1", hit.start, end);
  const facts = jwtFacts(token);
  if (facts === undefined) return { candidates: lookalike(token, hit.start, end), skipTo: end };
  if (isSample(facts.payload) || facts.header.alg === "none") return { ...noProposal, skipTo: end };
  const issuer = typeof facts.payload.iss === "string" ? facts.payload.iss.slice(0, 80) : undefined;
  const expires = expiry(facts.payload.exp);
  const candidate: Candidate = {
    start: hit.start,
    end,
    proven: true,
    ...(expires !== undefined && { expires }),
    signals: [
      "header and payload decode",
      ...(issuer === undefined ? [] : [`issued by ${issuer}`]),
      ...(facts.payload.exp === undefined ? ["never expires"] : [`expires ${expires ?? "at an unreadable time"}`]),
    ],
  };
  return { candidates: [candidate], skipTo: end };
}

/** Behind header, key and start value stand the text and what proves it, which is 16 bytes or more. */
function encryptedToken(bytes: Uint8Array, start: number, startValueEnd: number): Candidate | undefined {
  if (bytes[startValueEnd] !== dot) return undefined;
  // All of it within what three parts may take, beyond which nobody looks.
  const room = Math.min(longestPart, 3 * longestPart - (startValueEnd - start));
  const textEnd = runEnd(bytes, "base64Url", startValueEnd + 1, room);
  if (bytes[textEnd] !== dot || textEnd === startValueEnd + 1) return undefined;
  const end = runEnd(bytes, "base64Url", textEnd + 1, 100);
  if (end - textEnd <= 20) return undefined;
  const token = Buffer.from(bytes.subarray(start, end)).toString("latin1");
  const enc = jwtHeader(token)?.enc;
  if (typeof enc !== "string" || publishedEnds.has(token.slice(textEnd + 1 - start))) return undefined;
  return { start, end, proven: true, signals: ["header decodes", `encrypted with ${enc.slice(0, 80)}`] };
}

/** Three parts that begin as JSON in base64 does and do not decode: damaged, cut, or made up. */
function lookalike(token: string, start: number, end: number): readonly Candidate[] {
  if (!/^eyJ[^.]+\.eyJ[^.]{12,}\.[^.]{20,}$/.test(token) || placeholderReason(token) !== undefined) return [];
  return [{ start, end, formatOnly: true, signals: ["does not decode: right format only"] }];
}

/** jwt.io's John Doe and its many copies; Supabase's anonymous role, which is public by design. */
function isSample(payload: Readonly<Record<string, unknown>>): boolean {
  return payload.sub === "1234567890" || payload.name === "John Doe" || payload.role === "anon";
}

/** The day: after it no service may take the token (RFC 7519, 4.1.4). */
function expiry(seconds: unknown): string | undefined {
  const isTime = typeof seconds === "number" && seconds > 0 && seconds < 1e11;
  return isTime ? new Date(seconds * 1000).toISOString().slice(0, 10) : undefined;
}
