/** Tells quickly whether marks that silence findings could stand in a file, or in a part of it: whole lists of findings hang on them. */
import { heldTexts } from "./marker-tools.ts";

export const ownMarker = "sallyport:allow";

/** Each mark holds one of them. The prefilter looks for them beside the anchors of rules. */
export const markTexts: readonly string[] = [ownMarker, ...heldTexts];

/** One expression for all: a search for each took ten times as long. */
const any = new RegExp(markTexts.join("|"));

export function mayBeMarked(bytes: Buffer): boolean {
  return any.test(bytes.toString("latin1"));
}
