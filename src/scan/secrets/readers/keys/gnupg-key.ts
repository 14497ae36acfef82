/** The key files of newer GnuPG (`private-keys-v1.d`): headers, and an S-expression with numbers in hexadecimal. */
import { lockedScore, lockedSignal, openScore, openSignal } from "../../keystores/keystore.ts";
import { type Hit, noProposal, type Proposal, refusedAtSight, type View } from "../../text/view.ts";

const longest = 20_000;

/** The hit is `private-key (`, behind a bracket or `(protected-`. */
export function readGnupgText(view: View, hit: Hit): Proposal {
  const before = view.bytes.toString("latin1", Math.max(0, hit.start - 11), hit.start);
  const encrypted = before === "(protected-";
  if (!encrypted && !before.endsWith("(")) return refusedAtSight;
  const text = view.bytes.toString("latin1", hit.end, Math.min(view.bytes.length, hit.end + longest));
  if (!/^(?:rsa|dsa|elg|ecc)[\s(]/.test(text)) return refusedAtSight;
  const known = numberOf(text, /\((?:n|q|y)\s*#/);
  const secret = encrypted ? /\(protected [\w-]+/.exec(text) : numberOf(text, /\(d\s*#|\(x\s*#/);
  if (known === undefined || secret === undefined || secret === null) return noProposal;
  const end = hit.end + Math.max(known.end, "end" in secret ? secret.end : secret.index + secret[0].length);
  const candidate = {
    ...{ start: hit.start - (encrypted ? 11 : 1), end, normalised: known.digits, proven: true },
    score: encrypted ? lockedScore : openScore,
    signals: ["key file of GnuPG", encrypted ? lockedSignal : openSignal],
  };
  return { candidates: [candidate], skipTo: end };
}

/** `#00A0…#`, which may be broken into lines; of at least 32 bytes, as no number of an example is. */
function numberOf(text: string, opening: RegExp): { readonly digits: string; readonly end: number } | undefined {
  const match = opening.exec(text);
  if (match === null) return undefined;
  const start = match.index + match[0].length;
  const stop = text.indexOf("#", start);
  const digits = stop < 0 ? "" : text.slice(start, stop).replace(/\s/g, "");
  return /^[0-9A-Fa-f]{64,}$/.test(digits) ? { digits: digits.toUpperCase(), end: stop + 1 } : undefined;
}
