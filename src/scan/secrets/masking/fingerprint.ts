import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { rememberedOf } from "../text/remembered.ts";

/** Bytes are made a key anew for each secret: with that 15 µs, without 3. */
const keyOf = rememberedOf<Uint8Array, KeyObject>();

/** The name of a secret that tells nothing about it to anyone without the key; the same wherever the secret stands. */
export function fingerprintOf(key: Uint8Array, family: string, secret: string): string {
  return createHmac(
    "sha256",
    keyOf(key, () => createSecretKey(key)),
  )
    .update(`${family}\0${normalised(secret)}`)
    .digest("hex");
}

const shortestPadded = 16;

/**
 * One way of writing for all: without quotes, escapes of JSON, addresses and XML, line ends and padding. Two secrets that
 * only differ in those would share a name; none do.
 */
function normalised(secret: string): string {
  let text = secret.trim();
  const quote = text.charAt(0);
  if (text.length > 2 && "\"'`".includes(quote) && text.endsWith(quote)) text = text.slice(1, -1);
  text = withoutEscapes(text);
  if (/[\r\n]/.test(text)) text = text.replaceAll(/\s/g, "");
  return text.length >= shortestPadded ? text.replace(/={1,2}$/, "") : text;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function withoutEscapes(secret: string): string {
  let text = secret;
  if (text.includes("\\")) {
    text = text
      .replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
      .replaceAll(/\\n/g, "\n")
      .replaceAll(/\\(["'\\/])/g, "$1");
  }
  if (text.includes("&")) {
    text = text
      .replaceAll(/&#(\d{1,5});/g, (_, digits: string) => String.fromCharCode(Number(digits)))
      .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? "");
  }
  if (!/%[0-9a-fA-F]{2}/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
