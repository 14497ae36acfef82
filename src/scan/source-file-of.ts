import type { SourceFile } from "#model/source-file.ts";

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
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  // UTF-32, which begins like UTF-16: taken for that, its columns would be others than those of its secrets.
  if (encoding === "utf-16le" && bytes[2] === 0 && bytes[3] === 0) return undefined;
  if (encoding === "utf-8" && bytes.subarray(0, 8192).includes(0)) return undefined;
  try {
    return encoding === "utf-8" ? utf8.decode(bytes) : new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
