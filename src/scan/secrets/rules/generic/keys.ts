/** Private keys and other key material. */
import { createPublicKey } from "node:crypto";
import { bech32Of } from "../../checks/bech32.ts";
import { nkeySeedOf } from "../../checks/nkey.ts";
import {
  base64,
  pemBlock,
  sample,
  sampleBytes,
  sampleJwt,
  sampleOpenSshKey,
  samplePem,
  samplePkcs1,
  sampleRsaPem,
} from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { some, tokenRule } from "../../rule-makers/provider-rule.ts";

const putty = (seed: string, encryption: string) =>
  [
    "PuTTY-User-Key-File-2: ssh-ed25519",
    `Encryption: ${encryption}`,
    "Comment: deploy",
    "Public-Lines: 1",
    sample("base64", 64, seed),
    "Private-Lines: 1",
    sample("base64", 48, seed),
    `Private-MAC: ${sample("hexLower", 40, seed)}`,
  ].join("\n");

/** Lines of a body that is nobody's key. */
const drawnLines = (count: number) =>
  Array.from({ length: count }, (_, line) => sample("base64", 64, `drawn${line}`)).join("\n");

/** Without header, footer and line breaks. */
/** Header, encrypted key (none where both sides know it), start value, text, proof. */
const encryptedJwt = (alg: string, seed: string) => {
  const header = Buffer.from(JSON.stringify({ alg, enc: "A256GCM" })).toString("base64url");
  const key = alg === "dir" ? "" : sample("base64Url", 342, `${seed}key`);
  const rest = [16, 120, 22].map((length) => sample("base64Url", length, `${seed}${length}`));
  return [header, key, ...rest].join(".");
};

const bodyOfPem = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, "");

const publicKeyText = (seed: string) =>
  bodyOfPem(createPublicKey(sampleRsaPem(seed)).export({ type: "spki", format: "pem" }).toString());

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/private-key",
    aliases: ["private-key"],
    title: "Private key",
    provider: "Keys",
    family: "private-key",
    severity: "critical",
    why: "Whoever has the key is its owner: signs in over SSH, reads encrypted traffic, signs in the certificate's name.",
    fix: "Make a new key pair, replace the public half everywhere, revoke certificates of the old one; keep keys in a vault or an agent.",
    links: ["https://www.rfc-editor.org/rfc/rfc7468"],
    anchors: [{ text: "-----BEGIN " }],
    shape: { is: "reader", reader: "pem" },
    score: 95,
    examples: {
      bad: () => [
        samplePem("pkcs8"),
        `key: ${JSON.stringify(samplePem("sec1"))}`,
        sampleOpenSshKey(),
        `const key = '${samplePem("sec1").trim().replaceAll("\n", "\\n")}';`,
        `KEY="${samplePem("pkcs8").trim().replaceAll("\n", " ")}"`,
        samplePem("pkcs1").replace(/^(.*)\n/gm, '  "$1\\n" +\n'),
        { path: "keys.json", text: JSON.stringify({ inner: JSON.stringify({ key: samplePem("pkcs1") }) }) },
        {
          path: "src/main.c",
          text: `-----BEGIN RSA PRIVATE KEY-----\n${sample("base64", 64, "p1")}\n${sample("base64", 64, "p2")}\n`,
        },
        samplePkcs1("oak"),
        { path: "tests/tls.py", text: pemBlock("RSA PRIVATE KEY", drawnLines(4)) },
        { path: "docs/tls.md", text: `\`\`\`\n${pemBlock("PRIVATE KEY", drawnLines(20))}\`\`\`\n` },
        { path: "tests/endpoint.json", text: JSON.stringify({ password: "none", privateKey: samplePkcs1("elm") }) },
        { path: "chart/values.yaml", text: `tls:\n  key: |\n${samplePem("pkcs1").replace(/^/gm, "    ")}` },
      ],
      good: () => [
        pemBlock("CERTIFICATE", sample("base64", 64)),
        pemBlock("PRIVATE KEY", "..."),
        pemBlock("RSA PRIVATE KEY", sample("base64", 64)),
        { path: "tests/tls.py", text: pemBlock("RSA PRIVATE KEY", drawnLines(3)) },
        { path: "tests/tls.py", text: pemBlock("RSA PRIVATE KEY", `${drawnLines(1)}\n`.repeat(6)) },
        { path: "tests/tls.py", text: pemBlock("RSA PRIVATE KEY", drawnLines(20)).slice(0, -12) },
        'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) {',
      ],
    },
  },
  {
    id: "secrets/private-key-encoded",
    aliases: [],
    title: "Private key in base64",
    provider: "Keys",
    family: "private-key",
    severity: "critical",
    why: "Base64 is no protection: whoever reads it has the key and is its owner.",
    fix: "Make a new key pair, replace the public half everywhere, revoke certificates of the old one; keep keys in a vault.",
    links: ["https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/"],
    anchors: [{ text: "LS0tLS1CRUdJTi" }],
    shape: { is: "reader", reader: "encoded-pem" },
    score: 95,
    examples: {
      bad: () => [
        { path: "kubeconfig", text: `users:\n- user:\n    client-key-data: ${base64(samplePem("pkcs1"))}\n` },
        `KEY_BASE64="${base64(samplePem("sec1"))}"`,
        { path: "key.b64", text: base64(samplePem("pkcs8")).replace(/.{76}/g, "$&\n") },
      ],
      good: () => [
        {
          path: "kubeconfig",
          text: `    certificate-data: ${base64(pemBlock("CERTIFICATE", sample("base64", 64)))}\n`,
        },
        `PUBLIC_KEY_B64="${base64(pemBlock("PUBLIC KEY", sample("base64", 64)))}"`,
      ],
    },
  },
  {
    id: "secrets/private-key-der",
    aliases: [],
    title: "Private key in base64, without header and footer",
    provider: "Keys",
    family: "private-key",
    severity: "critical",
    why: "Whoever has the key is its owner: signs payments and tokens in its owner's name, and reads what was encrypted to it.",
    fix: "Make a new key pair, replace the public half everywhere; keep keys in a vault.",
    links: ["https://www.rfc-editor.org/rfc/rfc5958", "https://www.rfc-editor.org/rfc/rfc8017"],
    anchors: [
      // RSA of 1,024 bits and more (PKCS#1, PKCS#8), behind the length.
      ...["IBAAKBgQ", "IBAAKCAQ", "IBAAKCAY", "IBAAKCAg", "IBADANBgkqhkiG9w0BAQEFAASC"].map((text) => ({
        text,
        at: 6,
      })),
      // Elliptic curves.
      ...["MHcCAQEEI", "MHQCAQEEI", "MIGkAgEBBD", "MIGHAgEAMBMGByqGSM49AgEG", "MC4CAQAwBQYDK2VwBCIEI"].map((text) => ({
        text,
      })),
    ],
    shape: { is: "reader", reader: "der-text" },
    score: 95,
    examples: {
      bad: (seed) => [
        `merchant_private_key = "${bodyOfPem(samplePem("pkcs1"))}";`,
        { path: "src/pay.js", text: `const privateKey = '${bodyOfPem(samplePem("sec1"))}';` },
        { path: "app.properties", text: `alipay.private-key=${bodyOfPem(sampleRsaPem(seed))}\nalipay.name=shop\n` },
        { path: "src/Pay.java", text: `KEY =\n  "${bodyOfPem(sampleRsaPem(seed)).replace(/.{64}/g, '$&" +\n  "')}";` },
        {
          path: "src/pay.c",
          text: `static const char key[] =\n  "${bodyOfPem(sampleRsaPem(seed)).replace(/.{64}/g, '$&\\n"\n  "')}";`,
        },
        {
          path: "app.yml",
          text: `rsa:\n  key: |\n    ${bodyOfPem(sampleRsaPem(seed)).replace(/.{64}/g, "$&\n    ")}\n  id: 7\n`,
        },
        // Damaged: right format only.
        { path: "tests/pay.py", text: `private_key = "MIIEpAIBAAKCAQEA${sample("base64", 1600, seed)}"` },
      ],
      good: (seed) => [
        { path: "tests/pay.py", text: `private_key = "MIIEpAIBAAKCAQEA${sample("base64", 300, seed)}"` },
        `key = "MIIEpAIBAAKCAQEA..."; begin = "MIIEpAIBAAKCAQEA"`,
        `PUBLIC_KEY = "${publicKeyText(seed)}"`,
      ],
    },
  },
  {
    id: "secrets/putty-private-key",
    aliases: [],
    title: "PuTTY private key",
    provider: "Keys",
    family: "private-key",
    severity: "critical",
    why: "Whoever has the key signs in over SSH as its owner.",
    fix: "Make a new key pair and replace the public half on every server.",
    links: ["https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html"],
    anchors: [{ text: "PuTTY-User-Key-File-" }],
    shape: { is: "reader", reader: "putty" },
    score: 95,
    examples: {
      bad: (seed) => [putty(seed, "none"), putty(seed, "aes256-cbc")],
      good: () => [
        "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n",
        "The first line says `PuTTY-User-Key-File-3: ssh-ed25519`, the second how it is encrypted.",
      ],
    },
  },
  {
    id: "secrets/age-secret-key",
    aliases: ["age-secret-key"],
    title: "age secret key",
    provider: "Keys",
    severity: "high",
    why: "It decrypts everything that was encrypted to its recipient, such as SOPS files in the same repository.",
    fix: "Make a new identity, and encrypt and change what the old one protected.",
    links: ["https://age-encryption.org/v1"],
    anchors: [{ text: "AGE-SECRET-KEY-1" }],
    shape: { is: "token", parts: [{ text: "AGE-SECRET-KEY-1" }, { alphabet: "upperAlnum", length: 58 }] },
    score: 90,
    minimumEntropy: 3.5,
    checks: [{ is: "bech32" }],
    examples: {
      bad: (seed) => [
        bech32Of("age-secret-key-", sampleBytes(32, seed)).toUpperCase(),
        // A wrong checksum: right format only.
        `AGE-SECRET-KEY-1${sample("upperAlnum", 58, seed)}`,
      ],
      good: (seed) => [`AGE-SECRET-KEY-1${"X".repeat(58)}`, `recipients: age1${sample("lowerAlnum", 58, seed)}`],
    },
  },
  {
    id: "secrets/jwt",
    aliases: ["jwt"],
    title: "JSON Web Token",
    provider: "Keys",
    severity: "medium",
    why: "Until it expires whoever has it is the user or service it was made for.",
    fix: "Let it expire or revoke the session; fetch tokens at run time.",
    links: ["https://www.rfc-editor.org/rfc/rfc7519"],
    anchors: [{ text: "eyJ" }],
    shape: { is: "reader", reader: "jwt" },
    score: 68,
    loose: true,
    examples: {
      bad: (seed) => [
        `const token = "${sampleJwt({ iss: "https://login.contoso.net", sub: `svc-${seed}`, iat: 1_700_000_000 })}";`,
        {
          path: "calls.http",
          text: `Cookie: session=${sampleJwt({ sub: seed, jti: sample("hexLower", 32, seed) })}\n`,
        },
        // Encrypted, with a key of its own and with one that both sides know.
        `refreshToken: '${encryptedJwt("RSA-OAEP", seed)}'`,
        `next-auth.session-token=${encryptedJwt("dir", seed)};`,
        // Cut and damaged: right format only.
        `const token = "${sampleJwt({ sub: seed }).replace(/\..*/, "")}.eyJ${sample("base62", 61, seed)}.${sample("base64Url", 43, seed)}";`,
      ],
      good: () => [
        `const token = "${sampleJwt({ sub: "1234567890", name: "John Doe", iat: 1_516_239_022 })}";`,
        `JWE_TOKEN=${encryptedJwt("dir", "rfc").replace(/[^.]+$/, "XFBoMYUZodetZdvTiFvSkQ")}`,
        `"${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${sample("base62", 40)}.${sample("base62", 43)}"`,
      ],
    },
  },
  {
    id: "secrets/jwk-private",
    aliases: [],
    title: "Private key as JSON Web Key",
    provider: "Keys",
    severity: "high",
    why: "Whoever has the key signs tokens that every service accepts, or reads what was encrypted to its owner.",
    fix: "Make a new key, publish its public half, and remove the old one from the key set.",
    links: ["https://www.rfc-editor.org/rfc/rfc7517"],
    anchors: [{ text: "kty" }],
    shape: { is: "reader", reader: "jwk" },
    score: 88,
    minimumEntropy: 3.8,
    examples: {
      bad: (seed) => [
        `{"kty":"EC","crv":"P-256","x":"${sample("base64Url", 43, `${seed}x`)}","y":"${sample("base64Url", 43, `${seed}y`)}","d":"${sample("base64Url", 43, seed)}"}`,
        {
          path: "config/jwks.json",
          text: `{\n  "keys": [{\n    "kty": "oct",\n    "k": "${sample("base64Url", 43, seed)}"\n  }]\n}`,
        },
        {
          path: "src/keys.js",
          text: `const jwk = { kty: 'OKP', crv: 'Ed25519', d: '${sample("base64Url", 43, seed)}' };`,
        },
      ],
      good: (seed) => [
        `{"kty":"EC","crv":"P-256","x":"${sample("base64Url", 43, `${seed}x`)}","y":"${sample("base64Url", 43, `${seed}y`)}"}`,
        `{"kty":"RSA","e":"AQAB","n":"${sample("base64Url", 86, seed)}"}`,
      ],
    },
  },
  tokenRule({
    id: "secrets/nats-nkey-seed",
    title: "NATS nkey seed",
    provider: "NATS",
    severity: "high",
    why: "It signs in as the user, account or operator of the messaging system; an operator's seed makes all others.",
    fix: "Make a new nkey, and remove the public half of the old one from the servers' configuration.",
    links: ["https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth"],
    token: [["SUA", "SAA", "SOA", "SNA", "SCA", "SXA"], some("base32Upper", 55)],
    checks: [{ is: "nkey" }],
    value: (seed) => nkeySeedOf(sampleBytes(32, seed)),
    examples: { good: () => [`SUA${"A".repeat(55)}B`] },
  }),
];
