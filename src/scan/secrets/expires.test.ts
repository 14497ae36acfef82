import assert from "node:assert/strict";
import { test } from "node:test";
import { scanFile } from "../scan.ts";
import { sourceFileOf } from "../source-file-of.ts";
import { sampleBytes } from "./examples/example-values.ts";

test("a signature tells the day that it covers, as a fact and not as a verdict", () => {
  const signature = encodeURIComponent(sampleBytes(32, "expires").toString("base64"));
  const rows: readonly (readonly [query: string, expires: string | undefined])[] = [
    [`?sv=2022-11-02&sr=b&sp=r&se=2024-03-01T08%3A00%3A00Z&sig=${signature}`, "2024-03-01"],
    [`?sv=2022-11-02&sr=b&sp=r&se=2031-12-31&sig=${signature}`, "2031-12-31"],
    [` SharedAccessSignature sr=contoso.azure-devices.net&sig=${signature}&se=1700000000&skn=own`, "2023-11-14"],
    [`?sv=2022-11-02&sr=b&si=policy&sig=${signature}`, undefined],
  ];
  for (const [query, expires] of rows) {
    const bytes = Buffer.from(`url = "https://contoso.blob.core.windows.net/c/f${query}"\n`);
    const { findings } = scanFile(sourceFileOf("a.txt", "0".repeat(40), bytes), {
      fingerprintKey: new Uint8Array(32).fill(3),
    });
    const [finding, ...others] = findings.filter(({ rule }) => rule.startsWith("secrets/azure-"));
    assert.deepEqual([finding?.expires, finding?.live, others.length], [expires, undefined, 0], query);
  }
});

test("what ended long ago is not reported in tests, and shown on request", () => {
  const signature = encodeURIComponent(sampleBytes(32, "expires").toString("base64"));
  const rules = (path: string, end: string, over: object = {}) => {
    const text = `url = "https://contoso.blob.core.windows.net/c/f?sv=2022-11-02&sr=b&sp=r&se=${end}&sig=${signature}"\n`;
    const file = sourceFileOf(path, "0".repeat(40), Buffer.from(text));
    return scanFile(file, { fingerprintKey: new Uint8Array(32).fill(3), ...over }).findings.length;
  };
  assert.equal(rules("src/a.ts", "2016-01-04"), 1);
  assert.equal(rules("tests/a.test.ts", "2016-01-04"), 0);
  assert.equal(rules("tests/a.test.ts", "2016-01-04", { minimumScore: 30 }), 1);
  assert.equal(rules("tests/a.test.ts", "2031-01-04"), 1);
  // Nor is it another kind of key, whatever stands around it.
  const text = `$validSasToken = '?sv=2014-02-14&sr=c&se=2016-01-04&sp=rl&sig=${signature}'\n$validStorageKey = "key"\n`;
  const file = sourceFileOf("Tests/MockVariable.ps1", "0".repeat(40), Buffer.from(text));
  assert.deepEqual(scanFile(file, { fingerprintKey: new Uint8Array(32).fill(3) }).findings, []);
});

test("a JSON Web Token tells the day that it is signed with", () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const tokenWith = (exp: unknown) =>
    [
      part({ alg: "RS256", typ: "JWT" }),
      part({ iss: "https://contoso.net/", sub: "shop", exp }),
      sampleBytes(64, "jwt").toString("base64url"),
    ].join(".");
  const rows = [
    [1_700_000_000, "2023-11-14"],
    [1_700_000_000.5, "2023-11-14"],
    [undefined, undefined],
    ["soon", undefined],
    [1e15, undefined],
  ] as const;
  for (const [exp, expires] of rows) {
    const bytes = Buffer.from(`call("${tokenWith(exp)}")\n`);
    const { findings } = scanFile(sourceFileOf("a.js", "0".repeat(40), bytes), {
      fingerprintKey: new Uint8Array(32).fill(3),
    });
    assert.deepEqual([findings[0]?.rule, findings[0]?.expires, findings.length], ["secrets/jwt", expires, 1]);
  }
});
