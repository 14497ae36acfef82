/** The password of a machine in .netrc, wherever such an entry is written down. */
import { type Hit, noProposal, type Proposal, type View } from "../view.ts";
import { noSecretReason } from "./literal-judgement.ts";

const longest = 400;

/** `machine h login u password p` in one line or in several; the hit is `machine `. */
export function readNetrc(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const text = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + longest));
  const match =
    /^[\w.:*/-]{1,100}\s{1,20}(?:login|user)\s{1,8}(\S{1,80})\s{1,20}(?:account\s{1,8}\S{1,80}\s{1,20})?password\s{1,8}("?)([^\s"'\\]{4,200})\2/.exec(
      text,
    );
  const value = match?.[3];
  if (match === null || value === undefined || noSecretReason(value, false) !== undefined || value === match[1]) {
    return noProposal;
  }
  const start = hit.end + match[0].length - value.length - (match[2]?.length ?? 0);
  const end = start + value.length;
  return { candidates: [{ start, end, proven: true, signals: ["password of a machine"] }], skipTo: end };
}
