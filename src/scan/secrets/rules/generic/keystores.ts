/** Files that are keys as a whole: read by their structure, in binary (keystores/). */
import { sampleBytes } from "../../examples/example-values.ts";
import {
  sampleDerKey,
  sampleJavaKeystore,
  sampleOpenPgp,
  samplePkcs12,
  sampleSsh2Key,
} from "../../examples/sample-keystores.ts";
import type { Example, SecretRule } from "../../rule/secret-rule.ts";

const binary = (path: string, bytes: Buffer): Example => ({ path, text: bytes.toString("latin1"), encoding: "latin1" });
const hexadecimal = (seed: string, digits: number): string =>
  sampleBytes(digits / 2, seed)
    .toString("hex")
    .toUpperCase();
const gnupgKey = (expression: string): string => `Created: 20260131T093000\nKey: ${expression}\n`;
const keepElsewhere = "keep it in a vault that hands it to machines";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/java-keystore",
    aliases: ["jks-file"],
    title: "Java key store with a private key",
    provider: "Keys",
    severity: "high",
    why: "Its password is often the usual one, or stands beside it; whoever has the file can try passwords for ever. The key signs programs, or speaks as the server.",
    fix: `Make a new key pair, revoke the certificate of the old one, and ${keepElsewhere}. A trust store without keys may stay.`,
    links: ["https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html"],
    anchors: [],
    shape: { is: "file" },
    score: 95,
    loose: true,
    examples: {
      bad: (seed) => [
        binary("app/server.jks", sampleJavaKeystore({ seed, password: "changeit" })),
        binary("app/server.keystore", sampleJavaKeystore({ seed, password: `${seed}-Kw82!x` })),
        binary("app/server.jceks", sampleJavaKeystore({ seed, password: "changeit", magic: 0xcececece })),
      ],
      good: (seed) => [
        binary("app/cacerts", sampleJavaKeystore({ seed, password: "changeit", keys: "none" })),
        binary("debug.keystore", sampleJavaKeystore({ seed, password: "android", alias: "androiddebugkey" })),
      ],
    },
  },
  {
    id: "secrets/pkcs12-file",
    aliases: ["pkcs12-file"],
    title: "Certificate with its private key (PKCS#12)",
    provider: "Keys",
    // The same bundle in base64 is the same secret.
    family: "secrets/pkcs12-base64-bundle",
    severity: "high",
    why: "Its password is often empty, weak or beside it: whoever opens it signs in or speaks as the certificate's owner.",
    fix: `Revoke and re-issue the certificate with a new key, and ${keepElsewhere}.`,
    links: ["https://www.rfc-editor.org/rfc/rfc7292"],
    anchors: [],
    shape: { is: "file" },
    score: 95,
    loose: true,
    examples: {
      bad: (seed) => [
        binary("site.pfx", samplePkcs12(seed, "")),
        binary("client.p12", samplePkcs12(seed, `${seed}-Kw82!x`)),
        binary("open.p12", samplePkcs12(seed, `${seed}-Kw82!x`, "open")),
      ],
      good: (seed) => [
        binary("truststore.p12", samplePkcs12(seed, "changeit", "none")),
        binary("half.pfx", samplePkcs12(seed, "").subarray(0, 500)),
      ],
    },
  },
  {
    id: "secrets/openpgp-key-file",
    aliases: [],
    title: "Secret key of OpenPGP",
    provider: "Keys",
    family: "private-key",
    severity: "critical",
    why: "Whoever has the key signs releases and commits as its owner, and reads what was encrypted to it.",
    fix: "Revoke the key and publish the revocation, make a new one, and keep it on a card or in an agent.",
    links: ["https://www.rfc-editor.org/rfc/rfc9580"],
    anchors: [],
    shape: { is: "file" },
    score: 95,
    loose: true,
    examples: {
      bad: (seed) => [binary("release.gpg", sampleOpenPgp(seed)), binary("secring.gpg", sampleOpenPgp(seed, "locked"))],
      good: (seed) => [
        binary("stub.gpg", sampleOpenPgp(seed, "stub")),
        binary("half.gpg", sampleOpenPgp(seed).subarray(0, 40)),
      ],
    },
  },
  {
    id: "secrets/private-key-file",
    aliases: ["private-key"],
    title: "Private key in binary (DER)",
    provider: "Keys",
    family: "private-key",
    severity: "critical",
    why: "Whoever has the key is its owner: signs programs and tokens, reads encrypted traffic, speaks as the server.",
    fix: `Make a new key pair, replace the public half everywhere, revoke certificates of the old one; ${keepElsewhere}.`,
    links: ["https://www.rfc-editor.org/rfc/rfc5958"],
    anchors: [],
    shape: { is: "file" },
    score: 95,
    loose: true,
    examples: {
      bad: (seed) => [
        binary("platform.pk8", sampleDerKey("pkcs8")),
        binary("server.der", sampleDerKey("sec1")),
        binary("locked.der", sampleDerKey("pkcs8", seed)),
      ],
      good: () => [
        binary("cut.der", sampleDerKey("pkcs8").subarray(0, 100)),
        binary("numbers.der", Buffer.from("3006020101020102", "hex")),
      ],
    },
  },
  {
    id: "secrets/gnupg-private-key",
    aliases: [],
    title: "Secret key of GnuPG",
    provider: "Keys",
    severity: "critical",
    why: "Whoever has the key signs releases and commits as its owner, and reads what was encrypted to it.",
    fix: "Revoke the key and publish the revocation, make a new one, and keep it on a card or in an agent.",
    links: ["https://www.gnupg.org/documentation/manuals/gnupg/Agent-Configuration.html"],
    anchors: [{ text: "private-key (" }],
    shape: { is: "reader", reader: "gnupg-key" },
    score: 95,
    examples: {
      bad: (seed) => [
        {
          path: "private-keys-v1.d/A1.key",
          text: gnupgKey(
            `(private-key (rsa (n #${hexadecimal(seed, 258)}#)(e #010001#)\n (d #${hexadecimal(`${seed} d`, 258)}#)))`,
          ),
        },
        {
          path: "keys/deploy.key",
          text: gnupgKey(
            `(protected-private-key (ecc (curve Ed25519)(q #${hexadecimal(seed, 66)}#)\n (protected openpgp-s2k3-ocb-aes ((sha1 #01#) x))))`,
          ),
        },
      ],
      good: (seed) => [
        gnupgKey(`(shadowed-private-key (rsa (n #${hexadecimal(seed, 258)}#)(e #010001#)))`),
        "(private-key (rsa (n #00e0ce96#) (e #41#) (d #046129F2#)))",
      ],
    },
  },
  {
    id: "secrets/ssh2-private-key",
    aliases: [],
    title: "SSH private key in the form of SSH2",
    provider: "Keys",
    family: "private-key",
    severity: "critical",
    why: "Whoever has the key signs in over SSH as its owner.",
    fix: "Make a new key pair and replace the public half on every server.",
    links: ["https://the.earth.li/~sgtatham/putty/latest/htmldoc/Chapter8.html"],
    anchors: [{ text: "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----" }],
    shape: { is: "reader", reader: "ssh2" },
    score: 95,
    examples: {
      bad: (seed) => [
        sampleSsh2Key(seed, "none"),
        { path: "keys/deploy.key", text: sampleSsh2Key(seed, "3des-cbc").replaceAll("\n", "\r\n") },
      ],
      good: (seed) => [
        sampleSsh2Key(seed, "none").slice(0, 300),
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: yours\nP2/56wAAA...\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n",
      ],
    },
  },
];
