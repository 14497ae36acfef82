import { crc32 as zlibCrc32 } from "node:zlib";

/** CRC-32 (IEEE) as an unsigned number. */
export function crc32(data: Uint8Array | string): number {
  return zlibCrc32(data) >>> 0;
}

const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** CRC-32 in base62 (digits, upper case, lower case), padded with zeros to six characters: GitHub's and npm's tail. */
export function crc32Base62(text: string): string {
  let rest = crc32(text);
  let result = "";
  for (let index = 0; index < 6; index++) {
    result = base62Digits.charAt(rest % 62) + result;
    rest = Math.floor(rest / 62);
  }
  return result;
}

/** CRC-32 in base36, padded with zeros to seven characters: the tail of GitLab's routable tokens. */
export function crc32Base36(text: string): string {
  return crc32(text).toString(36).padStart(7, "0");
}

export function crc32Hex(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
