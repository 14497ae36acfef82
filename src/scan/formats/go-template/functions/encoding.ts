/** Sprig's encodings and sums. */
import { createHash } from "node:crypto";
import { type FunctionTable, strictly, type TemplateFunction } from "../template-function.ts";
import { changedText, plainText } from "../traced-text.ts";
import { stringArgument, textArgument } from "./arguments.ts";

function changing(run: (text: string) => string): TemplateFunction {
  return (args) => changedText(textArgument(args, 0), run(stringArgument(args, 0)));
}

function sum(algorithm: string): TemplateFunction {
  return (args) => plainText(createHash(algorithm).update(stringArgument(args, 0), "utf8").digest("hex"));
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(text: string): string {
  let bits = 0;
  let value = 0;
  let out = "";
  for (const byte of Buffer.from(text)) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(value >> (bits - 5)) & 31];
  }
  if (bits > 0) out += alphabet[(value << (5 - bits)) & 31];
  return out.padEnd(Math.ceil(out.length / 8) * 8, "=");
}

function fromBase32(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text.replace(/=+$/, "")) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return "";
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  return Buffer.from(bytes).toString("utf8");
}

function adler32(text: string): string {
  let a = 1;
  let b = 0;
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return String(b * 65536 + a);
}

export const encodingFunctions: FunctionTable = strictly({
  b64enc: changing((text) => Buffer.from(text, "utf8").toString("base64")),
  b64dec: changing((text) => Buffer.from(text, "base64").toString("utf8")),
  b32enc: changing(base32),
  b32dec: changing(fromBase32),
  sha1sum: sum("sha1"),
  sha256sum: sum("sha256"),
  sha512sum: sum("sha512"),
  adler32sum: changing(adler32),
});
