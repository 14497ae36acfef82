import type { PathFacts } from "../paths/path-facts.ts";
import type { View } from "../text/view.ts";
import { decodeBytes, withoutMark } from "./decode-bytes.ts";

export interface FileView {
  readonly view: View & { readonly original: Buffer };
  /** Whether its bytes are those that lie in the file. */
  readonly isAsStored: boolean;
}

/** A file as rules read it; undefined where it is no text. */
export function fileView(raw: Uint8Array, facts: PathFacts): FileView | undefined {
  const decoded = decodeBytes(raw);
  if (decoded === undefined) return undefined;
  const original = Buffer.from(decoded.buffer, decoded.byteOffset, decoded.byteLength);
  const bytes = withoutMark(original);
  return { view: { bytes, original, facts }, isAsStored: decoded === raw && bytes === original };
}
