/**
 * Java's own key stores, JKS and JCEKS: magic, version, count, entries, and a SHA-1 over password and content. The key is
 * always under a password. Layout: the sources of OpenJDK, sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore.
 */
import { createHash } from "node:crypto";
import { type Cursor, cursorOf } from "./cursor.ts";
import { type Keystore, lockedScore, openScore, sayPassword, usualPasswords, worthlessScore } from "./keystore.ts";

const magics: ReadonlyMap<number, string> = new Map([
  [0xfeedfeed, "JKS"],
  [0xcececece, "JCEKS"],
]);
const mostEntries = 10_000;
const digestLength = 20;
const tags = { privateKey: 1, certificate: 2, secretKey: 3 } as const;

export function readJavaKeystore(bytes: Buffer): Keystore | undefined {
  const cursor = cursorOf(bytes);
  const kind = magics.get(cursor.number(4) ?? 0);
  const version = cursor.number(4);
  if (kind === undefined || (version !== 1 && version !== 2)) return undefined;
  const { keys, aliases } = entriesOf(cursor, version);
  // A trust store holds what everybody may know.
  if (keys.length === 0) return undefined;
  const password = usualPasswords.find((one) => opens(bytes, one));
  const isDebug = aliases.length === 1 && aliases[0] === "androiddebugkey" && password === "android";
  const count = keys.length === 1 ? "a private key" : `${keys.length} private keys`;
  return {
    rule: "secrets/java-keystore",
    identity: createHash("sha256").update(Buffer.concat(keys)).digest("hex"),
    score: isDebug ? worthlessScore : password === undefined ? lockedScore : openScore,
    signals: [
      `${kind} key store with ${count}`,
      isDebug
        ? "Android's debug key, which signs nothing that is published"
        : password === undefined
          ? "protected by a password"
          : sayPassword(password),
    ],
  };
}

/** Protected keys and the names of their entries, as far as the entries can be read. */
function entriesOf(cursor: Cursor, version: number): { keys: readonly Buffer[]; aliases: readonly string[] } {
  const keys: Buffer[] = [];
  const aliases: string[] = [];
  const count = Math.min(cursor.number(4) ?? 0, mostEntries);
  for (let entry = 0; entry < count; entry++) {
    const tag = cursor.number(4);
    const alias = cursor.take(cursor.number(2));
    const made = cursor.take(8);
    if (made === undefined || alias === undefined) break;
    if (tag === tags.certificate) skipCertificate(cursor, version);
    else if (tag === tags.privateKey) {
      const key = cursor.take(cursor.number(4));
      if (key === undefined || key.length === 0) break;
      keys.push(key);
      aliases.push(alias.toString("utf8").toLowerCase());
      const chain = Math.min(cursor.number(4) ?? 0, mostEntries);
      for (let one = 0; one < chain && Number.isFinite(cursor.at); one++) skipCertificate(cursor, version);
    } else if (tag === tags.secretKey) {
      // An object of Java whose end only Java knows: it names the key, and nothing behind it is read.
      const sealed = cursor.take(2);
      if (sealed?.readUInt16BE(0) === 0xaced) {
        keys.push(Buffer.concat([alias, made]));
        aliases.push(alias.toString("utf8").toLowerCase());
      }
      break;
    } else break;
  }
  return { keys, aliases };
}

function skipCertificate(cursor: Cursor, version: number): void {
  if (version === 2) cursor.take(cursor.number(2));
  cursor.take(cursor.number(4));
}

/** The digest at the end: SHA-1 of the password in UTF-16, two words of Java's makers, and all before. */
function opens(bytes: Buffer, password: string): boolean {
  const end = bytes.length - digestLength;
  const text = Buffer.from(password, "utf16le").swap16();
  const digest = createHash("sha1").update(text).update("Mighty Aphrodite").update(bytes.subarray(0, end)).digest();
  return digest.equals(bytes.subarray(end));
}
