/** A PKCS#12 bundle in base64, in one piece or in lines: whole, and with a key inside. */
import { nobodysSignal, openScore, worthlessScore } from "../keystores/keystore.ts";
import { pkcs12Facts, protectionOf } from "../keystores/pkcs12.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View } from "../view.ts";

const longest = 40_000;
/** Where `IBAzCC` (version 3 and the sequence behind it) stands in the text. */
const versionAt = 6;

/** Base64 over line breaks, also those written as `\r\n` in JSON and `&#xA;` in XML. */
function textFrom(view: View, start: number): { readonly text: string; readonly end: number } {
  const window = view.bytes.toString("latin1", start, Math.min(view.bytes.length, start + longest));
  const piece = /[A-Za-z0-9+/]+=*|\\[rn]|&#x[AD];|[\r\n\t ]+/gy;
  let text = "";
  let end = 0;
  for (let match = piece.exec(window); match !== null; match = piece.exec(window)) {
    if (!/^[A-Za-z0-9+/]/.test(match[0])) continue;
    text += match[0];
    end = match.index + match[0].length;
    if (match[0].endsWith("=")) break;
  }
  return { text, end: start + end };
}

/** The hit is `IBAzCC`. */
export function readPkcs12(view: View, hit: Hit): Proposal {
  const start = hit.start - versionAt;
  if (start < 0 || view.bytes.toString("latin1", start, start + 2) !== "MI") return noProposal;
  const { text, end } = textFrom(view, start);
  const bytes = Buffer.from(text, "base64");
  // 30 82 hi lo: what the outer sequence says of its length; a shortened sample ends before.
  if (bytes.length < 300 || bytes[0] !== 0x30 || bytes[1] !== 0x82 || bytes.readUInt16BE(2) + 4 > bytes.length) {
    return { ...noProposal, skipTo: end };
  }
  const facts = pkcs12Facts(bytes) ?? { holds: "unknown", password: undefined, isOfNobody: false };
  const isOpen = facts.holds === "open-key" || facts.password !== undefined;
  const isForTests = facts.isOfNobody && view.facts.sample;
  const signals =
    facts.holds === "unknown"
      ? ["whole bundle; its content is encrypted", ...(isOpen ? [protectionOf(facts)] : [])]
      : ["whole bundle with a private key", protectionOf(facts)];
  const candidate: Candidate = {
    start,
    end,
    normalised: text,
    proven: true,
    ...(isForTests ? { score: worthlessScore } : isOpen && { score: openScore }),
    signals: isForTests ? [...signals, nobodysSignal] : signals,
  };
  return { candidates: [candidate], skipTo: end };
}
