/** Values that look drawn under names that say that they are no secrets, and a list of settings whose parts are spaces. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../source-file-of.ts";
import { base64, sample, sampleBytes } from "./examples/example-values.ts";
import { sampleUuid } from "./examples/example-writings.ts";
import { secretsScanner } from "./secrets-scanner.ts";

function rulesIn(path: string, text: string): readonly string[] {
  const file = sourceFileOf(path, "0".repeat(40), Buffer.from(text));
  const { findings } = secretsScanner.scan(file, { fingerprintKey: new Uint8Array(32).fill(7) });
  return findings.map(({ rule }) => rule);
}

test("a UUID that tells requests, messages and locks apart is no secret", () => {
  const uuid = sampleUuid("near");
  for (const text of [
    `var LockToken = "${uuid}";`,
    `{"ClientRequestToken": "${uuid}"}`,
    `client_token = "${uuid}"`,
    `RequestToken: "${uuid}"`,
    `{"ContinuationToken": "${uuid}"}`,
    `leaseToken = "${uuid}"`,
  ]) {
    assert.deepEqual(rulesIn("src/site.cs", text), [], text);
  }
  assert.deepEqual(rulesIn("src/site.cs", `apiToken = "${uuid}"`), ["secrets/secret-literal"]);
});

test("an ETag is none, however its name is written", () => {
  const value = base64(sample("base62", 32, "near"));
  for (const name of ["AccountKeyETag", "account_key_etag", "keyEtag"])
    assert.deepEqual(rulesIn("src/site.cs", `${name} = "${value}";`), []);
});

test("the commit or sum of a package that is called like a credential is none", () => {
  const digits = sample("hexLower", 40, "near");
  for (const name of ["JWT_SECRET_COMMIT", "TOKEN_REVISION", "auth_token_rev", "SRCREV_password", "secretsChecksums"])
    assert.deepEqual(rulesIn("Dockerfile", `ENV ${name}=${digits}\n`), [], name);
  assert.deepEqual(rulesIn("Dockerfile", `ENV JWT_SECRET=${digits}\n`), ["secrets/secret-literal"]);
});

test("the sum of a package that is called like a provider is none", () => {
  const value = sample("hexLower", 32, "near");
  for (const name of ["algolia", "datadog", "mailgun"]) {
    assert.notDeepEqual(rulesIn("site.yaml", `${name}_api_key: "${value}"\n`), [], name);
    const artifact = `<artifact name="${name}">\n  <sha256 value="${value}" origin="built"/>\n</artifact>`;
    assert.deepEqual(rulesIn("sums.xml", artifact), [], name);
    assert.deepEqual(rulesIn("src/a.test.js", `assert.equal(digest('${name}'), '${value}');`), [], name);
    assert.deepEqual(rulesIn("sums.txt", `MD5 (${name}.tgz) = ${value}\n`), [], name);
  }
});

test("32 bytes under the name of a private key are a wallet's only where a chain is spoken of", () => {
  const digits = sample("hexLower", 64, "near");
  assert.deepEqual(rulesIn("src/site.cs", `PrivateKey = "${digits}";`), ["secrets/secret-literal"]);
  assert.deepEqual(rulesIn(".env", `ETH_RPC_URL=https://rpc.example\nPRIVATE_KEY=${digits}\n`), [
    "secrets/wallet-private-key",
  ]);
  assert.deepEqual(rulesIn(".env", `PRIVATE_KEY=0x${digits}\n`), ["secrets/ethereum-private-key"]);
});

test("the password of a connection string whose parts are spaces ends with one", () => {
  const password = `Kr${sample("base62", 8, "libpq")}#9`;
  const text = `host=db.contoso.net port=5432 dbname=shop user=app password=${password} sslmode=require`;
  assert.deepEqual(rulesIn("src/site.cs", text), ["secrets/database-connection-string"]);
  assert.deepEqual(rulesIn("src/site.cs", "host=db.contoso.net dbname=shop user=app password=$PASSWORD"), []);
});

test("hashes, sealed values, public keys and fingerprints of Helm, SealedSecret, reCAPTCHA and GnuPG are none", () => {
  const sealed = `AgB${sample("base62", 700, "near")}`;
  assert.deepEqual(rulesIn("a.yaml", `checksum/secret: ${sample("hexLower", 64, "near")}\n`), []);
  assert.deepEqual(rulesIn("a.yaml", `encryptedData:\n  password: ${sealed}\n`), []);
  assert.deepEqual(rulesIn("src/a.ts", `const siteKey = "6Lc${sample("base62", 37, "near")}";`), []);
  assert.deepEqual(rulesIn("Dockerfile", `ENV GPG_KEY ${sample("hex", 40, "near").toUpperCase()}\n`), []);
  assert.deepEqual(rulesIn("a.yaml", `api/secret: ${sample("hexLower", 64, "near")}\n`), ["secrets/secret-literal"]);
});

test("a sum is no token, whatever it begins with and whatever its file is called", () => {
  const record = (value: string) => `harbor/quay.py,sha256=${value},44\n`;
  const token = `tnt_${sample("base62", 39, "near")}`;
  assert.deepEqual(rulesIn("quay-1.dist-info/RECORD", record(token)), []);
  assert.notDeepEqual(rulesIn("src/site.ts", `remote = "${token}"`), []);
  for (const name of ["gooddata/token", "zuora_api_key", "openobserve/__init__"])
    assert.deepEqual(rulesIn("RECORD", `${name}.py,sha256=${sample("base62", 43, "near")},44\n`), [], name);
});

test("what names a file, a commit or a sum before a value says that it is no key", () => {
  const [digits, commit] = [sample("hexLower", 64, "near"), sample("hexLower", 40, "near")];
  for (const [path, text] of [
    ["sums.txt", `sentry-auth.zip: ${digits}`],
    ["sums.txt", `slack-token.tgz ${digits.slice(32)}`],
    ["azure.md5", `azure-cognitiveservices.tgz 7\nkeycloak.tgz ${digits.slice(32)}`],
    ["sums.json", `{"azure cognitive key": {"etag": "\\"${digits.slice(32)}\\""}}`],
    ["Dockerfile", `ENV GITHUB_TOKEN_SUM=${digits}`],
    ["sums.yml", `slack-token:\n  sum: ${digits.slice(32)}`],
    ["build.yml", `- uses: contoso/github-token@${commit}`],
    ["a.hcl", `api_key = "h1:${sampleBytes(32, "near").toString("base64")}"`],
  ] as const)
    assert.deepEqual(rulesIn(path, `${text}\n`), [], text);
});

test("sums that a program lists are no keys of Azure, whatever its files are called", () => {
  const sums = ["a", "b"].map((seed) => sample("hexLower", 32, seed));
  const files = ["azure-cognitive-key.tgz", "azure/mgmt/subscription_key.py"];
  for (const gap of ["  ", " *"])
    assert.deepEqual(rulesIn("MD5SUMS", sums.map((sum, index) => `${sum}${gap}${files[index]}\n`).join("")), []);
  assert.deepEqual(rulesIn("notes.txt", `azure cognitive key\n${sums[0]}\n`), ["secrets/azure-cognitive-key-legacy"]);
});

test("the word for a password labels a field in any language", () => {
  for (const label of ["Wachtwurd", "wagwoord", "Lykilorð", "Hasło:", "Passord*", "Jelszó?", "Kodeord:", "Geslo2"])
    assert.deepEqual(
      rulesIn("lang/xx/auth.php", `return ['password' => '${label}', 'username' => 'Namme'];`),
      [],
      label,
    );
});

test("a pass of other things is no password", () => {
  const value = `Kr${sample("base62", 8, "near")}`;
  for (const name of [
    "lowpass",
    "HIGHPASS",
    "band_pass",
    "byPass",
    "overpass",
    "boardingPass",
    "shader_pass",
    "GIT_ASKPASS",
    "x-keepass2",
  ])
    assert.deepEqual(rulesIn("src/site.ts", `const ${name} = "${value}";`), [], name);
  for (const name of ["userpass", "dbPass", "smtp_pass", "ftppass"])
    assert.deepEqual(rulesIn("src/site.ts", `const ${name} = "${value}";`), ["secrets/password"], name);
});

test("a consumer's key is none beside its secret, which is", () => {
  const [key, secret] = [sample("base62", 25, "near"), sample("base62", 40, "by")];
  const found = (text: string) => rulesIn("src/site.py", text);
  assert.deepEqual(found(`consumer_key = "${key}"\nconsumer_secret = "${secret}"\n`), ["secrets/secret-literal"]);
  assert.deepEqual(found(`consumer_key = "${key}"\n`), ["secrets/secret-literal"]);
});

test("keys that pages show are none, or are told mildly by rules of their own", () => {
  const key = sample("hexLower", 32, "near");
  for (const text of [
    `const publishableKey = "${sample("base62", 40, "near")}";`,
    `datadogRum.init({ clientToken: "pub${key}" });`,
    `BRAINTREE_TOKENIZATION_KEY = "sandbox_${sample("lowerAlnum", 8, "near")}_${sample("lowerAlnum", 16, "near")}"`,
  ])
    assert.deepEqual(rulesIn("src/site.ts", text), [], text);
  assert.deepEqual(rulesIn(".env", `ALGOLIA_SEARCH_KEY=${key}\n`), ["secrets/algolia-search-key"]);
  assert.deepEqual(rulesIn(".env", `ALGOLIA_ADMIN_KEY=${key}\n`), ["secrets/algolia-admin-key"]);
  assert.deepEqual(rulesIn(".env", `MIXPANEL_API_SECRET=${key}\n`), ["secrets/mixpanel-secret"]);
  assert.deepEqual(rulesIn(".env", `PUSHER_APP_SECRET=${key.slice(12)}\n`), ["secrets/pusher-secret"]);
});
