/** A path as git stores it (any bytes but NUL), as text: UTF-8, and `\xNN` for bytes that are none, so that no two paths become one. */
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function pathText(bytes: Uint8Array): string {
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
