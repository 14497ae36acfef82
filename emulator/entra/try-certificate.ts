/** For tests: a self-signed certificate in PEM with its private key. Node reads certificates but makes none. */
import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const rsaWithSha256 = sequence(Buffer.from("06092a864886f70d01010b0500", "hex"));

function name(text: string): Buffer {
  const commonName = Buffer.from("0603550403", "hex");
  return sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(text)))));
}

export interface TryCertificate {
  readonly pem: string;
  readonly privateKey: KeyObject;
  /** SHA-256 of the certificate, as a client assertion names it. */
  readonly thumbprint: string;
}

export function makeCertificate(subject: string): TryCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const valid = sequence(der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("490101000000Z")));
  const version = der(0xa0, Buffer.from([2, 1, 2]));
  const serial = Buffer.from([2, 1, 1]);
  const key = publicKey.export({ format: "der", type: "spki" });
  const body = sequence(version, serial, rsaWithSha256, name(subject), valid, name(subject), key);
  const signature = createSign("sha256").update(body).sign(privateKey);
  const whole = sequence(body, rsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    privateKey,
    thumbprint: createHash("sha256").update(whole).digest("base64url"),
  };
}
