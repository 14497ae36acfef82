/** Hashes and identifiers. What is different in every run is unknown. */
import { createHash } from "node:crypto";
import { refuse, unknown } from "./answer.ts";
import { type FunctionTable, plain, structural } from "./terraform-function.ts";

function hash(algorithm: string, encoding: "hex" | "base64") {
  return plain(["string"], (text) => createHash(algorithm).update(text, "utf8").digest(encoding));
}

function random(least: number, most: number, reason: string) {
  return structural(least, most, (args, at) => unknown(reason, args, at));
}

export const hashFunctions: FunctionTable = {
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  bcrypt: random(1, 2, "the hash is different in every run"),
  md5: hash("md5", "hex"),
  rsadecrypt: random(2, 2, "the text is encrypted"),
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  uuid: random(0, 0, "the identifier is different in every run"),
  uuidv5: plain(["string", "string"], namedUuid),
};

const namespaces: Readonly<Record<string, string>> = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

function namedUuid(namespace: string, name: string) {
  const id = (namespaces[namespace] ?? namespace).replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(id)) return refuse("the namespace must be dns, url, oid, x500 or a UUID");
  const bytes = createHash("sha1").update(Buffer.from(id, "hex")).update(name, "utf8").digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
