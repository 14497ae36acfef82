import { base64, pemBlock, sample, sampleJwt, sampleOpenSshKey, samplePem } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

const putty = () =>
  [
    "PuTTY-User-Key-File-2: ssh-ed25519",
    "Encryption: none",
    "Comment: deploy",
    "Public-Lines: 1",
    sample("base64", 64),
    "Private-Lines: 1",
    sample("base64", 48),
    `Private-MAC: ${sample("hexLower", 40)}`,
  ].join("\n");

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
        { path: "chart/values.yaml", text: `tls:\n  key: |\n${samplePem("pkcs1").replace(/^/gm, "    ")}` },
      ],
      good: () => [
        pemBlock("CERTIFICATE", sample("base64", 64)),
        pemBlock("PRIVATE KEY", "..."),
        pemBlock("RSA PRIVATE KEY", sample("base64", 64)),
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
      ],
      good: () => [
        {
          path: "kubeconfig",
          text: `    certificate-data: ${base64(pemBlock("CERTIFICATE", sample("base64", 64)))}\n`,
        },
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
    examples: { bad: () => [putty()], good: () => ["PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n"] },
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
    examples: {
      bad: () => [`AGE-SECRET-KEY-1${sample("upperAlnum", 58)}`],
      good: () => [`AGE-SECRET-KEY-1${"X".repeat(58)}`],
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
      bad: () => [
        `const token = "${sampleJwt({ iss: "https://login.contoso.net", sub: "svc-deploy", iat: 1_700_000_000 })}";`,
      ],
      good: () => [
        `const token = "${sampleJwt({ sub: "1234567890", name: "John Doe", iat: 1_516_239_022 })}";`,
        `"${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${sample("base62", 40)}.${sample("base62", 43)}"`,
      ],
    },
  },
];
