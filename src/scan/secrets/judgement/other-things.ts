/**
 * What names say whose values are no secrets, random as they look: sums, versions, ids, public things, places. One list
 * for each meaning; every reader that finds values by their form asks the lists that it needs. All are for small letters.
 */

/** Computed from something else. */
const sums =
  "sha-?\\d*|md5|hash|digest|(?:check|sha\\d*|md5)sums?|(?<![a-z])sums?|integrity|fingerprint|thumbprint|signature|\\bh1";

/** Says which one of many states it is. */
const versions = "commit|head|revision|version|rev|ref|e-?tag";

/** Says which one of many things it is; `grid`, `android` and `valid` are words. */
const ids = "(?<!gr|andro|vo|val|sol|sa|pa)ids?|uuid|guid";

/** Made to be shown. */
const shown = "public|(?:public|publishable|site)[_-]?key|nonce";

/** Where something is, or what it looks like. */
const places = "url|uri|path|file|name|host|class|color|image|layer";

/** A file that a list of sums names. */
const archives = "\\.(?:zip|t?gz|tar|t?xz|t?bz2|zst|whl|jar|nupkg|gem|crate|deb|rpm|apk|dmg|exe)";

/** Finds a row, and opens nothing. */
const rowKeys = "(?:cache|primary|foreign)[_-]?key";

/** Ends the name of anything that is no secret, behind a provider's word. */
export const otherThings = new RegExp(`(?:${[sums, versions, ids, shown, places, archives, rowKeys].join("|")})$`);

/** The same for keys of services, one of which is the primary one, and whose own names are addresses. */
export const otherThanKeys = new RegExp(`(?:${[sums, versions, ids, shown, archives, "image"].join("|")})-?$`);

/** `<sha256 value="`: the element says it, and its attribute is called as those of all elements are. */
export const inElementOfSum = new RegExp(`<(?:[\\w.-]{1,20}:)?(?:${sums})\\s[^<>]*$`);

const beforeSum =
  /(?:(?:sha-?[\d_]{0,4}|md[45]|blake2[bs]?|hash|digest|checksum)\s?\(["']?[\w./@-]*|(?:^|[^a-z])(?:srcrev|sha\d+|md5)[_-])$/;

/** `MD5(acme.tgz) = v`, `digest('acme')` and what it is, `SRCREV_acme = v`: what stands before a word says that sums follow. */
export function isSumOf(before: string, behind: string): boolean {
  return beforeSum.test(before) && (!before.includes("(") || behind.includes(")"));
}

const algorithm = "sha-?\\d{1,3}[=:-]";
const algorithmBefore = new RegExp(`${algorithm}$`, "i");
const algorithmFirst = new RegExp(`^${algorithm}`, "i");

/** How far before a token `isComputed` looks. */
const algorithmReach = 8;

/** `harbor.py,sha256=v,44` of wheels, `sha512-v` of pages: right behind the name of what computed it, chance draws any prefix. */
export function isComputed(bytes: Buffer, start: number): boolean {
  return algorithmBefore.test(bytes.toString("latin1", Math.max(0, start - algorithmReach), start));
}

/** The same of a value that begins with that name. */
export function beginsWithAlgorithm(value: string): boolean {
  return algorithmFirst.test(value);
}

/** `v  harbor/quay.tgz`, `v *quay.tgz`: as programs print sums, each on its line before a file. */
export function isListedSum(bytes: Buffer, start: number, end: number): boolean {
  return (start === 0 || bytes[start - 1] === 0x0a) && /^ [ *][\w./]/.test(bytes.toString("latin1", end, end + 3));
}

const sign = "[\"'`\\])]{0,2}\\s{0,3}(?:=>|:=|[=:-])?\\s{0,3}[\"'`(]?$";
// `base32`: Guix writes `(sha256 (base32 "v"))`.
const ending = new RegExp(
  `(?:<(?:${sums}) value|\\(base32|${[sums, versions, `(?<!key[_-]?)(?:${ids})`, shown].join("|")})${sign}|[^/]/$`,
);
const keyIdEnding = new RegExp(`key[_-]?id${sign}`);

/** How far before a value `saysOther` looks. */
export const otherReach = 40;

/**
 * `mapsKeyHash: v`, `sha256-v`, `/maps/v`: what stands right before a value says that it is another thing, or a piece of
 * a path. Not the id of a key: there are kinds that are nothing else.
 */
export function saysOther(bytes: Buffer, start: number, least = 0): boolean {
  return ending.test(textBefore(bytes, start, least));
}

export function saysKeyId(bytes: Buffer, start: number, least = 0): boolean {
  return keyIdEnding.test(textBefore(bytes, start, least));
}

function textBefore(bytes: Buffer, start: number, least: number): string {
  return bytes.toString("latin1", Math.max(least, start - otherReach), start).toLowerCase();
}

/** How far on either side of a token `isWithinBase64` looks. */
export const base64Reach = 24;

const base64Before = new RegExp(`^[A-Za-z\\d+/]{${base64Reach - 1}}[+/]$`);
const base64Behind = new RegExp(`^[+/][A-Za-z\\d+/]{${base64Reach - 1}}$`);

/** `…CAAB+EAATdq…jtBwgEAvTi+OCs6…`: base64 of something goes on at both ends of what chance made look like a token. */
export function isWithinBase64(bytes: Buffer, start: number, end: number): boolean {
  const before = bytes.toString("latin1", Math.max(0, start - base64Reach), start);
  if (!base64Before.test(before)) return false;
  const behind = bytes.toString("latin1", end, end + base64Reach);
  // Addresses have slashes, too, but no other sign of it.
  return base64Behind.test(behind) && `${before}${behind}`.includes("+");
}
