/** What an Authorization header holds behind a word that says how it is sent. */
import type { View } from "../text/view.ts";
import type { Assignment } from "./read-assignment.ts";

/** `enctoken v`: any word before what looks made. Some have rules of their own, some sign each request. */
const otherScheme =
  /^(?!basic|bearer|digest|negotiate|ntlm|hawk|aws|goog|acs|mac|oss|cos|shared|hmac|sig|(?:token|api-?key|key|bot) |[a-z-]*(?:sign|sha\d))[a-z][a-z-]{1,23} (?!(?:[\da-f]+-){4}[\da-f]{12}\b)(?=\D{0,240}\d)([\w+/.~:-]{20,240}={0,2})(?=["'`\\\r\n]|$)/i;

/** Behind such a word, in quotes or up to the end of its line. */
export function behindScheme({ bytes }: View, assignment: Assignment): Assignment | undefined {
  const { start, end, quoted } = assignment;
  const [whole, token] = otherScheme.exec(bytes.toString("latin1", start, quoted ? end : start + 300)) ?? [];
  if (whole === undefined || token === undefined) return undefined;
  return { ...assignment, start: start + whole.length - token.length, end: start + whole.length, quoted: true };
}
