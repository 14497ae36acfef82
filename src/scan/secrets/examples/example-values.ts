/** Builds the values of rules' examples at run time, always the same ones, so that no token stands in the source. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { adoPatOf } from "../checks/ado-pat.ts";
import { crc32Base62, crc32Hex } from "../checks/crc32.ts";
import { marvin32 } from "../checks/marvin32.ts";
import { type AlphabetName, alphabetCharacters } from "../text/alphabets.ts";

/** A sum as programs print it; a constant, because good examples are made while the rules are loaded. */
export const sampleSum = ["4e7b0c91d2", "a85f63be17", "4c09a8d6e2", "f35b90c71a"].join("");

/** `length` bytes that look random and are the same in every run. */
export function sampleBytes(length: number, seed: string): Buffer {
  const blocks: Buffer[] = [];
  for (let index = 0; index * 32 < length; index++) {
    blocks.push(createHash("sha256").update(`${seed}/${index}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** A text of an alphabet; letters follow each other without runs or sequences. */
export function sample(alphabet: AlphabetName, length: number, seed = "sample"): string {
  const characters = alphabetCharacters(alphabet);
  return [...sampleBytes(length, `${alphabet}${seed}`)]
    .map((byte) => characters.charAt(byte % characters.length))
    .join("");
}

/** A password that no rule takes for anything else. */
export function samplePassword(seed: string): string {
  return `gT${sample("base62", 9, seed)}7`;
}

export function sampleKey(seed: string): string {
  return sample("base62", 32, seed);
}

/** Prefix, 30 characters, and their checksum, as GitHub and npm make them. */
export function withCrc32Base62(prefix: string, seed = "token"): string {
  const body = sample("base62", 30, seed);
  return `${prefix}${body}${crc32Base62(body)}`;
}

export function withCrc32Hex(text: string, upper: boolean): string {
  const tail = crc32Hex(text);
  return text + (upper ? tail.toUpperCase() : tail);
}

export function sampleAdoPat(seed = "pat"): string {
  return adoPatOf(sampleBytes(32, seed));
}

/** An annotated key: 52 random characters, marker, date, platform and provider data, signature, checksum place. */
export function sampleAnnotatedKey(signature: string, seed = "key", data = "AAAA"): string {
  return `${sample("base62", 52, seed)}JQQJ99BC${sample("base62", 12, `${seed}p`)}${data}${signature}${sample("base62", 4, `${seed}c`)}`;
}

/** An identifiable Azure key of so many bytes: the signature in front of the checksum, under a seed. */
export function sampleIdentifiableKey(
  bytes: number,
  signature: string,
  seed: string,
  salt = "",
  url = signature === "AzFu",
): string {
  const key = sampleBytes(bytes, signature + seed + salt);
  const text = key.toString("base64");
  const at = { 32: 33, 39: 42, 40: 44, 64: 76 }[bytes] ?? 0;
  // The character after the signature is partly checksum in keys of 32 and 39 bytes; its other bits are zero.
  const signed = Buffer.from(`${text.slice(0, at)}${signature}A${text.slice(at + signature.length + 1)}`, "base64");
  signed.writeUInt32LE(marvin32(signed.subarray(0, bytes - 4), seed), bytes - 4);
  return signed.toString(url ? "base64url" : "base64") + (url ? "==" : "");
}

export function sampleJwt(payload: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256", typ: "JWT" })}.${part(payload)}.${sampleBytes(32, "jwt").toString("base64url")}`;
}

/** A fresh private key in PEM; keys are the values that differ from run to run. */
export function samplePem(kind: "pkcs8" | "pkcs1" | "sec1" = "pkcs8"): string {
  if (kind === "pkcs1") return samplePkcs1();
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: kind, format: "pem" }).toString();
}

/** With a passphrase its body is encrypted, and headers say so (`Proc-Type: 4,ENCRYPTED`). */
export function samplePkcs1(passphrase?: string): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const locked = passphrase === undefined ? {} : { cipher: "aes-128-cbc", passphrase };
  return privateKey.export({ type: "pkcs1", format: "pem", ...locked }).toString();
}

const rsaKeys = new Map<string, string>();

/** An RSA key of full size; it takes up to 0.2 s to make, so that each name has one in a process. */
export function sampleRsaPem(name: string): string {
  const known = rsaKeys.get(name);
  if (known !== undefined) return known;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  rsaKeys.set(name, pem);
  return pem;
}

/** OpenSSH's container around made-up key material. */
export function sampleOpenSshKey(): string {
  const field = (bytes: Buffer | string) => {
    const data = Buffer.from(bytes as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, data]);
  };
  const count = Buffer.from([0, 0, 0, 1]);
  const publicKey = Buffer.concat([field("ssh-ed25519"), field(sampleBytes(32, "public"))]);
  const body = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    field("none"),
    field("none"),
    field(""),
    count,
    field(publicKey),
    field(sampleBytes(136, "private")),
  ]);
  const lines = body.toString("base64").replace(/.{70}/g, "$&\n");
  return pemBlock("OPENSSH PRIVATE KEY", lines);
}

export function pemBlock(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
