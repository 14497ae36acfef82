/** A path as git stores it (any bytes but NUL), as text. */
import { createHash } from "node:crypto";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Bytes of a path at most: it is a part of keys of the database, which have no room for more, and nobody's checkout has longer
 * ones. Of a longer one the hash stands between its ends, so that no two paths become one.
 */
const longest = 600;
const shownOfEnds = 250;

export function pathText(bytes: Uint8Array): string {
  const text = gitText(bytes);
  const encoded = text.length * 3 <= longest ? undefined : Buffer.from(text);
  if (encoded === undefined || encoded.length <= longest) return text;
  const hash = createHash("sha256").update(encoded).digest("hex").slice(0, 32);
  return `${encoded.toString("utf8", 0, shownOfEnds)}…${hash}…${encoded.toString("utf8", encoded.length - shownOfEnds)}`;
}

/** UTF-8, and `\xNN` for bytes that are none. */
export function gitText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    let text = "";
    for (const byte of bytes) {
      text += byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
    }
    return text;
  }
}
