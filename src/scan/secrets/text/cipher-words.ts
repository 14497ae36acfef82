/** What stands around a key of a cipher, in small letters. */

export const ciphers = /\baes|cipher|crypt|\bhmac|\b3?des\b|rijndael|\bcbc\b|\bssl\b|\bxor/;

/** Standards and tests of ciphers print keys beside what comes out, and tables of ciphers have names with `key`, too. */
export const ofVectors =
  /(?<!ex)plain|cipher_?text|expect|vectors?\b|\b(?:tests?|want|nist|kat)\b|\b(?:func|fn|void|def) test|#\[test\]|self_?test|\bfips|\brfc[ -]?\d(?!898derive)|known.answer|assert|\bt\.(?:fatal|error)|s_?box|lookup/;

/** Where the second does not stand. */
export const noVectors = new RegExp(`^(?![^]*(?:${ofVectors.source}))`);

/** The first without the second. */
export const ciphersInUse = new RegExp(`^(?![^]*(?:${ofVectors.source}))[^]*(?:${ciphers.source})`);
