/** A password where it is hashed: `user.put("password", md5("v"))`, `password: await hash("v", 10)`. */
import { atEach, literal, type Writing, type Writings } from "./writing.ts";

/** The name and what hands the call's answer over to it; the name of the call ends the text. */
const hashed: Writing = {
  before:
    /(?:passw(?:or)?d|passwd|pwd|senha|contrasena)(?:_?(?:hash|digest))?(?:["'][)\]]?|\))?\s?(?:=>|={1,3}|[:,(])\s?(?:await |new )?(?:[\w$:]{1,40}(?:\(\))?(?:\.|->|::)){0,3}\w{0,24}$/i,
  // The algorithm may come first.
  after: new RegExp(
    `^(?:["'](?:sha|md5|bcrypt|whirlpool)[\\w-]{0,10}["'],\\s?)?(?:\\[\\]byte\\(|[\\w.]{1,24}getbytes\\()?b?${literal}`,
    "di",
  ),
  kind: "password",
};
const calls = ["md5", "sha1", "sha256", "sha512", "hash", "hashsync", "bcrypt", "crypt", "encode", "encrypt"];

/** By the anchor in small letters. */
export const writingsOfHashes: Writings = atEach(
  [...calls, "hex", "hexdigest", "digest", "computehash"].map((call) => `${call}(`),
  hashed,
);
