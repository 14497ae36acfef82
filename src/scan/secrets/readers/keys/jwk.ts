/** A private key as JSON Web Key: an object with `kty` and the private member, `d`, or `k` of a symmetric one. */
import { type Hit, noProposal, type Proposal, refusedAtSight, type View } from "../../text/view.ts";

const longest = 4000;

/** What follows `kty`: anything else is part of a word. */
const kinds = /^\\?["']?\s{0,8}:\s{0,8}\\?["'](RSA|EC|OKP|oct)\\?["']/;
const longestKind = 28;

/** What opens its value, and the value. */
const privateMember = memberOf("d");
const symmetricMember = memberOf("k");

function memberOf(name: string): RegExp {
  return new RegExp(String.raw`[{,\s"'](${name}\\?["']?\s{0,8}:\s{0,8}\\?["'])([A-Za-z0-9_-]{20,2000})\\?["']`);
}

/** The hit is `kty`. */
export function readJwk(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const kind = kinds.exec(bytes.toString("latin1", hit.end, hit.end + longestKind))?.[1];
  if (kind === undefined) return refusedAtSight;
  const from = Math.max(0, hit.start - longest);
  const before = bytes.toString("latin1", from, hit.start);
  const open = before.lastIndexOf("{");
  if (open < 0 || before.indexOf("}", open) >= 0) return noProposal;
  const window = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + longest));
  const close = window.indexOf("}");
  if (close < 0) return noProposal;
  const object = before.slice(open) + bytes.toString("latin1", hit.start, hit.end) + window.slice(0, close);
  const match = (kind === "oct" ? symmetricMember : privateMember).exec(object);
  if (match === null) return noProposal;
  const start = from + open + match.index + 1 + match[1]!.length;
  const end = start + match[2]!.length;
  return { candidates: [{ start, end, signals: [`private member of a JSON Web Key (${kind})`] }], skipTo: end };
}
