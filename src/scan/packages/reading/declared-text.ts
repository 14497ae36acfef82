/** Text of XML that is neither UTF-8 nor UTF-16, by the encoding that its first line names; undefined for everything else. */
import type { SourceFile } from "#model/source-file.ts";

const declaration = /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/;

export function declaredText(file: SourceFile): string | undefined {
  const bytes = file.bytes();
  const [, encoding] = declaration.exec(String.fromCharCode(...bytes.subarray(0, 256))) ?? [];
  if (encoding === undefined || /^utf-?(?:8|16)/i.test(encoding)) return undefined;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
