/** Character classes as 256-entry tables over bytes: what the hot path tests instead of regular expressions. */

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();

const letters = {
  digits,
  hexLower: `${digits}abcdef`,
  hex: `${digits}abcdefABCDEF`,
  lowerAlnum: digits + lower,
  upperAlnum: digits + upper,
  base32Lower: `${lower}234567`,
  base32Upper: `${upper}234567`,
  base58: `123456789${upper.replace("I", "").replace("O", "")}${lower.replace("l", "")}`,
  letters: upper + lower,
  base62: digits + upper + lower,
  word: `${digits}${upper}${lower}_`,
  base64: `${digits}${upper}${lower}+/`,
  base64Padded: `${digits}${upper}${lower}+/=`,
  base64Url: `${digits}${upper}${lower}-_`,
  base64UrlPadded: `${digits}${upper}${lower}-_=`,
  base64Any: `${digits}${upper}${lower}+/-_`,
  dotted: `${digits}${upper}${lower}-_.`,
  entra: `${digits}${upper}${lower}-_.~`,
  uuid: `${digits}abcdefABCDEF-`,
  crypt: `${digits}${upper}${lower}./+$=,-`,
  django: `${digits}${lower}!@#$%^&*(-_=+)`,
  refresh: `${digits}${upper}${lower}-_.*!$`,
  percent: `${digits}${upper}${lower}%+/=_-`,
} as const;

export type AlphabetName = keyof typeof letters;

/** The characters of an alphabet, in order: generators of examples draw from them. */
export function alphabetCharacters(name: AlphabetName): string {
  return letters[name];
}

/** 1 at every byte that is one of the characters. */
export function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let index = 0; index < characters.length; index++) table[characters.charCodeAt(index)] = 1;
  return table;
}

const tables = Object.fromEntries(
  Object.entries(letters).map(([name, characters]) => [name, tableOf(characters)]),
) as Readonly<Record<AlphabetName, Uint8Array>>;

/** 1 at every byte that belongs to the alphabet. */
export function alphabetTable(name: AlphabetName): Uint8Array {
  return tables[name];
}

const ofBase64 = new Map<Uint8Array, boolean>();

/** True if a table has nothing but characters of base64, of either kind. */
export function isOfBase64(table: Uint8Array): boolean {
  let known = ofBase64.get(table);
  if (known === undefined) {
    known = true;
    for (let byte = 0; known && byte < 256; byte++) known = table[byte] !== 1 || tables.base64Any[byte] === 1;
    ofBase64.set(table, known);
  }
  return known;
}

export function isBase64(text: string): boolean {
  return /^[\w+/-]*$/.test(text);
}

export function isAlphabet(name: string): name is AlphabetName {
  return Object.hasOwn(letters, name);
}
