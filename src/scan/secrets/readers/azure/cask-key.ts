/** Keys of the open CASK standard: `QJJQ` behind the secret bytes, then fields whose ranges the standard limits. */

import { alphabetTable } from "../../text/alphabets.ts";
import { type Hit, isIn, noProposal, type Proposal, runEnd, startsToken, type View } from "../../text/view.ts";

/** Characters of 32 and of 64 secret bytes, padded with zeros to a multiple of three. */
const secretLengths = [44, 88] as const;
const padded = { 44: /[A-Za-z0-9_-]{43}A$/, 88: /[A-Za-z0-9_-]{85}[AQgw]AA$|[A-Za-z0-9_-]{86}AA$/ } as const;
/** Reserved, size (32 or 64 bytes), number of groups of provider data, kind. */
const fields = /^A([BC])([A-K])[A-Za-z0-9_-]/;
/** Year, month, day, hour, minute, second. */
const timestamp = /^AA[A-Za-z0-9_-][A-L][A-Za-e][A-X][A-Za-z0-7]{2}/;

/** The hit is `QJJQ`. */
export function readCaskKey(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const rest = bytes.toString("latin1", hit.end, runEnd(bytes, "base64Url", hit.end, 80));
  const head = fields.exec(rest);
  if (head === null) return noProposal;
  const length = secretLengths[head[1] === "B" ? 0 : 1];
  const start = hit.start - length;
  if (start < 0 || !padded[length].test(bytes.toString("latin1", start, hit.start)) || !startsToken(bytes, start)) {
    return noProposal;
  }
  // Four characters of the head, four of the provider's signature, four for each group of its data.
  const dataEnd = 8 + 4 * (head[2]!.charCodeAt(0) - 0x41);
  if (!timestamp.test(rest.slice(dataEnd))) return noProposal;
  const end = hit.end + dataEnd + 8;
  if (isIn(alphabetTable("base64Url"), bytes[end])) return noProposal;
  return {
    candidates: [{ start, end, proven: true, signals: ["all fields within the standard's ranges"] }],
    skipTo: end,
  };
}
