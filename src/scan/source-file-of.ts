import type { SourceFile } from "#model/source-file.ts";
import { fromUtf32 } from "./secrets/search/decode-bytes.ts";

/** Makes a SourceFile over bytes in memory; the text is decoded at most once, and only if somebody asks. */
export function sourceFileOf(
  path: string,
  objectId: string,
  bytes: Uint8Array,
  precomputed?: SourceFile["precomputed"],
): SourceFile {
  let decoded: { readonly text: string | undefined } | undefined;
  return {
    path,
    objectId,
    size: bytes.byteLength,
    precomputed,
    bytes: () => bytes,
    text: () => {
      decoded ??= { text: decode(bytes) };
      return decoded.text;
    },
  };
}

/** One for all files: making it takes longer than decoding a small file. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array): string | undefined {
  // Before UTF-16, whose mark its own begins with.
  const wide = fromUtf32(bytes);
  if (wide !== undefined) return utf8.decode(wide);
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  if (encoding === "utf-8" && bytes.subarray(0, 8192).includes(0)) return undefined;
  try {
    return encoding === "utf-8" ? utf8.decode(bytes) : new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
