/** Tells quickly whether marks that silence findings could stand in a part of a file: whole lists of findings hang on them. */
import { anyMark } from "./marker-tools.ts";

export const ownMarker = "sallyport:allow";

const any = new RegExp(`${ownMarker}|${anyMark.source}`);

export function mayBeMarked(bytes: Buffer): boolean {
  return any.test(bytes.toString("latin1"));
}
