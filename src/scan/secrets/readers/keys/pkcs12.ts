/** A PKCS#12 bundle in base64, in one piece or in lines: whole, and with a key inside. */
import { nobodysSignal, openScore, worthlessScore } from "../../keystores/keystore.ts";
import { pkcs12Facts, protectionOf } from "../../keystores/pkcs12.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View } from "../../text/view.ts";
import { wrappedBase64 } from "../wrapped-base64.ts";

const longest = 40_000;
/** Where `IBAzCC` (version 3 and the sequence behind it) stands in the text. */
const versionAt = 6;

/** The hit is `IBAzCC`. */
export function readPkcs12(view: View, hit: Hit): Proposal {
  const start = hit.start - versionAt;
  if (start < 0 || view.bytes.toString("latin1", start, start + 2) !== "MI") return noProposal;
  const { text, end } = wrappedBase64(view.bytes, start, longest);
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
