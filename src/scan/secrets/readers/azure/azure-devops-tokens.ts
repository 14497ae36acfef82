/** Azure DevOps' access tokens behind one layer of base64, or in the place of a marketplace's token. */
import { isAdoPat } from "../../checks/ado-pat.ts";
import {
  type Candidate,
  type Hit,
  noProposal,
  type Proposal,
  runEnd,
  runStart,
  startsToken,
  type View,
} from "../../text/view.ts";

/** True for a personal access token of Azure DevOps, old or new. */
function isAnyAdoPat(text: string): boolean {
  return isAdoPat(text) || /^[A-Za-z0-9]{52}JQQJ99[A-Z][A-L][A-Za-z0-9]{16}AZDO[A-Za-z0-9]{4}$/.test(text);
}

/** The token in base64 of itself or of `user:token`; undefined if it is anything else. */
function encodedAdoPat(encoded: string): string | undefined {
  const text = Buffer.from(encoded, "base64").toString("latin1");
  const token = text.slice(text.lastIndexOf(":") + 1).trim();
  return isAnyAdoPat(token) ? token : undefined;
}

const separators = new Set([0x20, 0x22, 0x27, 0x3d, 0x3a, 0x09, 0x3e, 0x5c]);
const longest = 300;

/** base64 of a token, or of `user:token`, around or after the hit. */
export function readEncodedPat(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const last = bytes[hit.end - 1]!;
  const inside = !separators.has(last);
  let start = inside ? runStart(bytes, "base64Any", hit.start, longest) : hit.end;
  while (!inside && start < hit.end + 6 && separators.has(bytes[start] ?? 0)) start++;
  let end = runEnd(bytes, "base64Any", start, longest + 20);
  while (end < start + longest + 22 && bytes[end] === 0x3d) end++;
  if (end - start < 68) return noProposal;
  const token = encodedAdoPat(bytes.toString("latin1", start, end));
  if (token === undefined) return noProposal;
  const candidate: Candidate = { start, end, normalised: token, proven: true, signals: ["decodes to a valid token"] };
  return { candidates: [candidate], skipTo: end };
}

const galleryReach = 120;

/** The first token of Azure DevOps on the line behind a name or command of the Visual Studio Marketplace. */
export function readGalleryToken(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const most = Math.min(bytes.length, hit.end + galleryReach);
  for (let at = hit.end; at < most && bytes[at] !== 0x0a; at++) {
    const end = startsToken(bytes, at) ? runEnd(bytes, "base62", at, 85) : at;
    if (end - at < 52) {
      at = Math.max(at, end - 1);
      continue;
    }
    const token = bytes.toString("latin1", at, end);
    if (!isAnyAdoPat(token)) return noProposal;
    return {
      candidates: [
        { start: at, end, proven: true, signals: ["valid token of Azure DevOps", "used for the marketplace"] },
      ],
      skipTo: end,
    };
  }
  return noProposal;
}
