import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { isSpan } from "#model/span.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { emptyResult } from "../file-scanner.ts";
import { scanFile } from "../scan.ts";
import { sourceFileOf } from "../source-file-of.ts";
import {
  base64,
  sample,
  sampleAdoPat,
  sampleAnnotatedKey,
  sampleJwt,
  withCrc32Base62,
} from "./examples/example-values.ts";
import { maskText } from "./masking/masking.ts";
import { largestFile, secretsScanner } from "./secrets-scanner.ts";

const context = { fingerprintKey: new Uint8Array(32).fill(3) };

function scan(text: string | Uint8Array, path = "src/site.ts", over: object = {}) {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return scanFile(sourceFileOf(path, "0".repeat(40), bytes), { ...context, ...over });
}

/** The characters that a finding's place covers. */
function covered(text: string, at: unknown): string {
  const span = at as { startLine: number; startColumn: number; endLine: number; endColumn: number };
  assert.equal(span.startLine, span.endLine);
  return text.split("\n")[span.startLine - 1]?.slice(span.startColumn - 1, span.endColumn - 1) ?? "";
}

test("a finding covers exactly the value, in UTF-16 columns", () => {
  const pat = sampleAdoPat();
  const text = `// Grüße 🔑\r\nconst 变量 = "é🔑"; const pat = "${pat}";\n`;
  const [finding] = scan(text).findings;
  assert.ok(finding !== undefined && isSpan(finding.at));
  assert.equal(covered(text, finding.at), pat);
  assert.equal(finding.at.startLine, 2);
});

test("UTF-16 files are read, with and without a mark, in both byte orders", () => {
  const pat = sampleAdoPat();
  const text = `line one\nkey = ${pat}\n`;
  const little = Buffer.from(text, "utf16le");
  const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), little]);
  const big = Buffer.from(marked).swap16();
  for (const bytes of [little, marked, big, big.subarray(2)]) {
    const [finding] = scan(bytes, "run.log").findings;
    assert.equal(finding?.rule, "secrets/azure-devops-pat-legacy");
    assert.equal(covered(text, finding?.at), pat);
  }
});

test("UTF-32 files with a mark are read, in both byte orders", () => {
  const pat = sampleAdoPat();
  const text = `line 𝟙\nkey = "𝟙", ${pat}\n`;
  const encoded = (write: "writeUInt32LE" | "writeUInt32BE", letters: readonly number[]) => {
    const bytes = Buffer.alloc(letters.length * 4 + 1);
    for (const [index, letter] of letters.entries()) bytes[write](letter, index * 4);
    return bytes;
  };
  const letters = [0xfeff, ...Array.from(text, (letter) => letter.codePointAt(0) ?? 0)];
  for (const bytes of [encoded("writeUInt32LE", letters), encoded("writeUInt32BE", letters)]) {
    const [finding] = scan(bytes, "run.log").findings;
    assert.equal(finding?.rule, "secrets/azure-devops-pat-legacy");
    assert.equal(covered(text, finding?.at), pat);
    // What is shown of a file must have the same columns, or the mask misses.
    assert.equal(sourceFileOf("run.log", "", bytes).text(), text);
  }
  const likeItsMark = Buffer.from(`\ufeff\0key = ${pat}\n`, "utf16le");
  const [found] = scan(likeItsMark, "run.log").findings;
  assert.equal(covered(sourceFileOf("run.log", "", likeItsMark).text() ?? "", found?.at), pat);
});

test("a stray NUL hides no text, wherever it stands", () => {
  const pat = sampleAdoPat();
  const line = `key = ${pat}\n`;
  const filler = "plain words of a dump\n".repeat(2000);
  const value = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7) % 256));
  const wide = Buffer.from(`line one\n${line}`, "utf16le");
  const texts: Readonly<Record<string, Uint8Array>> = {
    "in a short file": Buffer.from(`${line}\0`),
    "before everything": Buffer.from(`\0${line}`),
    "several, and other control characters": Buffer.from(`\0\0\u0001\u0002\u0003${line}`),
    "as dividers": Buffer.from(`A=1\0B=2\0C=3\0${line}\0`),
    "as padding": Buffer.concat([Buffer.alloc(20_000), Buffer.from(filler + line)]),
    "in a value of a table": Buffer.concat([value, Buffer.from(filler + line)]),
    "in UTF-16": Buffer.concat([wide, Buffer.alloc(2), wide]),
  };
  for (const [name, bytes] of Object.entries(texts)) {
    const { findings, isBinary } = scan(bytes, "run.log");
    assert.deepEqual([findings[0]?.rule, isBinary], ["secrets/azure-devops-pat-legacy", undefined], name);
  }
});

test("what is binary as a whole is not searched, and says so", () => {
  const line = Buffer.from(`key = ${sampleAdoPat()}\n`);
  const numbers = Buffer.from(Int32Array.from({ length: 500 }, (_, index) => index).buffer);
  const anything = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 2_654_435_761) >>> 24));
  const binaries: Readonly<Record<string, Uint8Array>> = {
    numbers: Buffer.concat([numbers, line]),
    "bytes of any kind": Buffer.concat([anything, line]),
    "a text before many of them": Buffer.concat([line, anything]),
    "nearly nothing but padding": Buffer.concat([Buffer.alloc(20_000), line]),
  };
  for (const [name, bytes] of Object.entries(binaries)) {
    assert.deepEqual(scan(bytes, "run.log"), { ...emptyResult, isBinary: true }, name);
  }
});

test("a byte-order mark of UTF-8 counts no column", () => {
  const pat = sampleAdoPat();
  const [finding] = scan(Buffer.from(`\ufeffk="${pat}"`)).findings;
  assert.ok(finding !== undefined && isSpan(finding.at));
  assert.equal(finding.at.startColumn, 4);
});

test("a line begins behind a byte-order mark of UTF-8", () => {
  const text = `api_keys:\n  - ${sample("base62", 32, "oak")}\n  - second-key\n`;
  const [finding] = scan(`---\n${text}`, "shop.yml").findings;
  const [marked] = scan(`\ufeff${text}`, "shop.yml").findings;
  assert.ok(finding !== undefined);
  assert.deepEqual([marked?.rule, marked?.fingerprint], [finding.rule, finding.fingerprint]);
});

test("a token with a wrong checksum does not hide what its name says", () => {
  const wrong = sampleAdoPat().replace(/.$/, (last) => (last === "a" ? "b" : "a"));
  const encoded = Buffer.from(`build:${wrong}`).toString("base64");
  assert.deepEqual(
    scan(`const accessToken = "${encoded}";\n`).findings.map(({ rule }) => rule),
    ["secrets/secret-literal"],
  );
});

test("dozens of random values in one file of tests are vectors, shown on request; provider's tokens stay", () => {
  const random = (at: number) => createHash("sha256").update(`vector ${at}`).digest("base64url").slice(0, 32);
  const vectors = (count: number) =>
    Array.from({ length: count }, (_, at) => `{ "secret": "${random(at)}" },`).join("\n");
  const rulesOf = (text: string, path: string, over: object = {}) =>
    scan(text, path, over).findings.map(({ rule }) => rule);
  assert.deepEqual(rulesOf(vectors(60), "crypto/testdata/vectors.json"), []);
  assert.equal(rulesOf(vectors(60), "crypto/testdata/vectors.json", { minimumScore: 40 }).length, 60);
  assert.equal(rulesOf(vectors(20), "crypto/testdata/vectors.json").length, 20);
  assert.equal(rulesOf(vectors(60), "config/clients.json").length, 60);
  const withToken = `${vectors(60)}\n{ "pat": "${sampleAdoPat()}" }\n`;
  assert.deepEqual(rulesOf(withToken, "crypto/testdata/vectors.json"), ["secrets/azure-devops-pat-legacy"]);
});

test("empty files and pictures are silent", () => {
  assert.deepEqual(scan("").findings, []);
  assert.equal(secretsScanner.pathClass("a/logo.PNG"), undefined);
});

test("one secret has one fingerprint everywhere, and another key gives another", () => {
  const pat = sampleAdoPat();
  const plain = scan(`a="${pat}"`).findings[0];
  const encoded = scan(`Authorization: Basic ${base64(`:${pat}`)}`).findings[0];
  const elsewhere = scan(`\n\n  url: https://x:${pat}@dev.azure.com/a`, "docs/readme.md").findings[0];
  assert.ok(plain !== undefined);
  assert.equal(encoded?.fingerprint, plain.fingerprint);
  assert.equal(elsewhere?.fingerprint, plain.fingerprint);
  const other = scan(`a="${pat}"`, "src/a.ts", { fingerprintKey: new Uint8Array(32) }).findings[0];
  assert.notEqual(other?.fingerprint, plain.fingerprint);
});

test("nothing of a finding holds the value", () => {
  const token = withCrc32Base62("ghp_");
  const password = `Kx!${sample("base62", 14)}`;
  const { findings } = scan(`t = "${token}"\npassword = "${password}"\nj = "${sampleJwt({ sub: "svc" })}"`);
  assert.equal(findings.length, 3);
  const printed = JSON.stringify(findings);
  for (const secret of [token, password]) {
    for (let at = 0; at + 8 <= secret.length; at++) assert.ok(!printed.includes(secret.slice(at, at + 8)));
  }
  assert.match(findings[0]?.masked ?? "", /^ghp_… \(40 characters\)$/);
  assert.match(findings[1]?.masked ?? "", /^\(17 characters\)$/);
});

test("tests and documentation are milder and not hidden", () => {
  const text = `token = "${withCrc32Base62("ghp_")}"`;
  assert.equal(scan(text, "src/app.ts").findings[0]?.severity, "critical");
  assert.equal(scan(text, "test/app.test.ts").findings[0]?.severity, "high");
});

test("a wrong checksum is reported mildly, and in samples only on request", () => {
  const text = `token = "ghp_${sample("base62", 36)}"`;
  const [finding] = scan(text).findings;
  assert.equal(finding?.rule, "secrets/github-token");
  assert.equal(finding?.severity, "low");
  assert.ok(finding?.signals?.some((signal) => signal.includes("format only")));
  assert.deepEqual(scan(text, "docs/example.md").findings, []);
  assert.equal(scan(text, "docs/example.md", { minimumScore: 30 }).findings.length, 1);
});

test("a marker silences its rule on its line, and says why", () => {
  const pat = sampleAdoPat();
  const beside = scan(`pat = "${pat}" # sallyport:allow azure-devops-pat-legacy expired in 2020`);
  assert.deepEqual(beside.findings, []);
  assert.equal(beside.silenced[0]?.reason, "expired in 2020");
  const above = scan(
    `# sallyport:allow secrets/azure-devops-pat-legacy old\npat = "${pat}"\npat = "${sampleAdoPat("b")}"`,
  );
  assert.equal(above.findings.length, 1);
  assert.equal(above.silenced.length, 1);
  assert.equal(scan(`pat = "${pat}" # sallyport:allow jwt`).findings.length, 1);
});

test("a marker with a fingerprint lets a new secret through", () => {
  const pat = sampleAdoPat();
  const fingerprint = scan(`pat = "${pat}"`).findings[0]?.fingerprint.slice(0, 12);
  const marker = `# sallyport:allow azure-devops-pat-legacy#${fingerprint} known`;
  assert.deepEqual(scan(`pat = "${pat}" ${marker}`).findings, []);
  assert.equal(scan(`pat = "${sampleAdoPat("new")}" ${marker}`).findings.length, 1);
});

test("several secrets on one line are told apart, in order", () => {
  const text = `a="${sampleAdoPat("1")}", b="${withCrc32Base62("ghp_")}", c="${sampleAnnotatedKey("ACOG")}"`;
  assert.deepEqual(
    scan(text).findings.map(({ rule }) => rule),
    ["secrets/azure-devops-pat-legacy", "secrets/github-token", "secrets/azure-ai-services-key"],
  );
});

test("a file above the limit is a problem, and so are too many secrets", () => {
  const large = sourceFileOf("a.txt", "0", Buffer.alloc(0));
  const { problems } = secretsScanner.scan({ ...large, size: largestFile + 1 }, context);
  assert.equal(problems[0]?.code, "too-large");
  const lines = Array.from({ length: 1200 }, (_, index) => `k${index} = "${sampleAdoPat(`${index}`)}"`).join("\n");
  const many = scan(lines);
  assert.equal(many.findings.length, 1000);
  assert.equal(many.problems[0]?.code, "too-many-findings");
});

test("a thousand values in one line of many megabytes cost no more than the line", () => {
  const text = `${`"${sampleAdoPat()}" `.repeat(2000)}${"x".repeat(16 * 1024 * 1024)}`;
  assert.equal(takesAtMost(2, () => scan(text)).findings.length, 1000);
});

test("found values are found wherever the seams of the four streams fall", () => {
  const token = withCrc32Base62("ghp_");
  for (let before = 0; before < 400; before += 7) {
    const text = `${"lorem ipsum ".repeat(300).slice(0, 2000 + before)} ${token} ${"dolor sit ".repeat(150)}`;
    assert.equal(scan(text).findings.length, 1, `at ${before}`);
  }
});

test("texts are masked place by place", () => {
  const pat = sampleAdoPat();
  const text = `a = 1\nb = "${pat}"\nc = 2`;
  const spans = scan(text).findings.flatMap(({ at }) => (isSpan(at) ? [at] : []));
  assert.equal(maskText(text, spans), `a = 1\nb = "${"•".repeat(52)}"\nc = 2`);
  assert.equal(
    maskText(text.split("\n").slice(1).join("\n"), spans, { firstLine: 2 }),
    `b = "${"•".repeat(52)}"\nc = 2`,
  );
});
