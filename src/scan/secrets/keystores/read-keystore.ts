/** Tells whether a file, as a whole, is a key or a store of keys. Its first byte rules out nearly every file. */
import { readDerKey, readGnupgKey } from "./binary-keys.ts";
import { readJavaKeystore } from "./java-keystore.ts";
import type { Keystore } from "./keystore.ts";
import { mayBeginOpenPgp, readOpenPgpFile } from "./openpgp.ts";
import { readPkcs12File } from "./pkcs12.ts";

export function readKeystore(file: Uint8Array): Keystore | undefined {
  const [first] = file;
  const isDer = first === 0x30;
  const isJava = first === 0xfe || first === 0xce;
  const isExpression = first === 0x28;
  if (!isDer && !isJava && !isExpression && !mayBeginOpenPgp(first)) return undefined;
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (isDer) return readPkcs12File(bytes) ?? readDerKey(bytes);
  if (isJava) return readJavaKeystore(bytes);
  return isExpression ? readGnupgKey(bytes) : readOpenPgpFile(bytes);
}
