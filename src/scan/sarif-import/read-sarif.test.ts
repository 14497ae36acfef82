import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Finding } from "#model/finding.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { createSarifReader, type ImportedAnalysis, type SarifOptions, type SarifRead } from "./read-sarif.ts";
import { ofCodeAnalysis, ofContainers, ofPatterns } from "./testing/sarif-of-tools.ts";

const fingerprintKey = new Uint8Array(32).fill(1);

function read(log: unknown, options: Partial<SarifOptions> = {}, pieceSize = 10_000): SarifRead {
  const reader = createSarifReader({ fingerprintKey, ...options });
  const bytes = Buffer.from(typeof log === "string" ? log : JSON.stringify(log));
  for (let at = 0; at < bytes.length; at += pieceSize) if (!reader.write(bytes.subarray(at, at + pieceSize))) break;
  return reader.end();
}

function analysis(log: unknown, options: Partial<SarifOptions> = {}): ImportedAnalysis {
  const done = read(log, options);
  assert.equal(done.is, "read", JSON.stringify(done));
  assert.equal(done.analyses.length, 1);
  return done.analyses[0]!;
}

function oneResult(result: object, run: object = {}) {
  return {
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "T" } }, results: [{ ruleId: "r", ...result }], ...run }],
  };
}

function located(uri: string, region: object = { startLine: 2 }, more: object = {}) {
  return { locations: [{ physicalLocation: { artifactLocation: { uri, ...more }, region } }] };
}

function pathOf(log: unknown, options: Partial<SarifOptions> = {}): string {
  const { findings, problems } = analysis(log, options);
  const at = findings[0]?.at;
  return at === undefined
    ? `refused: ${problems.at(-1)?.message}`
    : "path" in at
      ? at.path
      : `${at.setting} of ${at.resource}`;
}

describe("SARIF of several tools", () => {
  it("code analysis: rules of extensions, positions, suppressions", () => {
    const { findings, silenced, ...about } = analysis(ofCodeAnalysis);
    const [finding] = findings;
    assert.deepEqual(
      [about.tool, about.version, about.category, about.commit, about.results, about.skipped, about.problems],
      ["CodeQL", "2.20.1", "codeql/javascript", "a".repeat(40), 2, 0, []],
    );
    assert.deepEqual(finding, {
      rule: "imported/codeql/js/sql-injection",
      aliases: ["js/sql-injection", "CodeQL", "CWE-89"],
      severity: "high",
      message: "This query depends on a user-provided value.",
      at: { path: "src/db query.js", startLine: 12, startColumn: 5, endLine: 12, endColumn: 30 },
      fingerprint: finding?.fingerprint ?? "",
      imported: {
        ...{ tool: "CodeQL", version: "2.20.1", category: "codeql/javascript", kind: "code" },
        ...{ title: "Query built from user input", fix: "Use parameters." },
        why: "A query that holds user input can be changed by it.",
      },
    } satisfies Finding);
    const [hidden] = silenced;
    assert.deepEqual(
      [hidden?.reason, hidden?.by, hidden?.finding.severity, hidden?.finding.rule],
      ["generated", "inline", "low", "imported/codeql/js/unused"],
    );
  });

  it("patterns: results before rules, messages with arguments, in pieces of any size", () => {
    const done = read(ofPatterns, { category: "nightly" }, 3);
    assert.equal(done.is, "read");
    const [{ category, findings } = assert.fail()] = done.analyses;
    assert.equal(category, "nightly");
    assert.deepEqual(
      [findings[0]?.message, findings[0]?.severity, findings[0]?.aliases, findings[0]?.imported?.kind],
      ["eval runs {x}, {0} {7}", "medium", ["python.lang.security.eval", "Semgrep OSS", "CWE-95"], "code"],
    );
  });

  it("containers: kinds and severities; a secret comes nowhere", () => {
    const secret = ["AKIA", "Q3EGRIZ7", "XQWNPLM4"].join("");
    const { findings } = analysis(ofContainers(secret));
    assert.deepEqual(
      findings.map(({ severity, imported }) => [severity, imported?.kind]),
      [
        ["critical", "packages"],
        ["high", "secrets"],
      ],
    );
    assert.equal(findings[0]?.message, "Package: left-pad; Installed Version: 1.0.0; Fixed Version: 1.3.0");
    assert.ok(!JSON.stringify(findings).includes(secret.slice(4, 12)), JSON.stringify(findings[1]));
  });

  it("secrets: two of one rule in one file are two, whatever commit brought them, and only the key tells them apart", () => {
    const [one, other] = ["a", "b"].map((letter) => `${letter}${"9f3kd72m".repeat(3)}`);
    const found = (secret = "", line = 1) => ({
      ruleId: "generic-api-key",
      message: { text: "generic-api-key has detected secret for file app.env." },
      partialFingerprints: { commitSha: `${line}`.repeat(40), author: "Anna", email: "anna@shop.example" },
      ...located("app.env", { startLine: line, snippet: { text: secret } }),
    });
    const printsOf = (results: readonly object[], key = fingerprintKey) =>
      analysis(
        { version: "2.1.0", runs: [{ tool: { driver: { name: "Leaks" } }, results }] },
        { fingerprintKey: key },
      ).findings.map(({ fingerprint }) => fingerprint);
    const [first, second] = printsOf([found(one, 3), found(other, 4)]);
    assert.notEqual(first, second);
    assert.deepEqual(printsOf([found(one, 7)]), [first]);
    assert.notDeepEqual(printsOf([found(one, 3)], new Uint8Array(32)), [first]);
    const said = (secret = "") => ({ ...found(), message: { text: `secret ${secret} found` }, ...located("app.env") });
    assert.equal(new Set(printsOf([said(one), said(other)])).size, 2);
  });

  it("rules: by position in the component that is named, if it is the one that the result names", () => {
    const rules = [{ id: "A" }, { id: "B" }];
    const extensions = [{ name: "pack", guid: "12ab", rules: [{ id: "C" }, { id: "D" }] }];
    const run = { tool: { driver: { name: "T", rules }, extensions } };
    const cases: readonly (readonly [object, string])[] = [
      [{ ruleId: undefined, rule: { index: 1, toolComponent: { guid: "12ab" } } }, "D"],
      [{ ruleId: undefined, rule: { index: 1, toolComponent: { name: "pack" } } }, "D"],
      [{ ruleId: undefined, rule: { index: 1, toolComponent: { name: "T" } } }, "B"],
      [{ ruleId: "B/strict", ruleIndex: 1 }, "B"],
      [{ ruleId: "B", ruleIndex: 0 }, "B"],
    ];
    for (const [result, expected] of cases) {
      const rule = analysis(oneResult(result, run)).findings[0]?.rule;
      assert.equal(rule, `imported/t/${expected}`, JSON.stringify(result));
    }
  });

  it("several runs: those of one tool and category are one analysis", () => {
    const [run] = ofPatterns.runs;
    const other = { ...run, automationDetails: { id: "b/1" } };
    const done = read({ version: "2.1.0", runs: [run, run, other, ofCodeAnalysis.runs[0]] });
    assert.equal(done.is, "read");
    assert.deepEqual(
      done.analyses.map(({ tool, category, findings }) => [tool, category, findings.length]),
      [
        ["Semgrep OSS", "", 2],
        ["Semgrep OSS", "b", 1],
        ["CodeQL", "codeql/javascript", 1],
      ],
    );
    assert.equal(new Set(done.analyses.map(({ key }) => key)).size, 3);
  });
});

describe("identity over imports", () => {
  const print = (result: object) => analysis(oneResult(result)).findings[0]?.fingerprint;
  const snippet = (text: string, line: number) => located("a.js", { startLine: line, snippet: { text } });

  it("is the tool's own, or what was found where; lines do not count", () => {
    const same: readonly (readonly [object, object])[] = [
      [snippet("  eval(x)", 3), snippet("eval(x)\n", 90)],
      [
        { ...located("a.js"), message: { text: "Bad at line 3" } },
        { ...located("a.js", { startLine: 9 }), message: { text: "Bad at line 9" } },
      ],
      [
        { ...located("a.js"), fingerprints: { v1: "x" }, message: { text: "a" } },
        { ...located("moved.js"), fingerprints: { v1: "x" }, message: { text: "b" } },
      ],
      [
        { ...located("a.js"), partialFingerprints: { h: "x", commitSha: "1" } },
        { ...located("a.js", { startLine: 8 }), partialFingerprints: { commitSha: "2", h: "x" } },
      ],
    ];
    for (const [a, b] of same) assert.equal(print(a), print(b), JSON.stringify([a, b]));
    const others: readonly (readonly [object, object])[] = [
      [snippet("eval(x)", 3), snippet("eval(y)", 3)],
      [located("a.js"), located("b.js")],
      [
        { ...located("a.js"), partialFingerprints: { h: "x" } },
        { ...located("b.js"), partialFingerprints: { h: "x" } },
      ],
      [located("a.js"), { ...located("a.js"), ruleId: "other" }],
      [
        { ...located("a.js"), fingerprints: { "matchBasedId/v1": "requires login" } },
        { ...located("b.js"), fingerprints: { "matchBasedId/v1": "requires login" } },
      ],
      [
        { ...snippet("requires login", 3), message: { text: "eval(x)" } },
        { ...snippet("requires login", 3), message: { text: "eval(y)" } },
      ],
    ];
    for (const [a, b] of others) assert.notEqual(print(a), print(b), JSON.stringify([a, b]));
  });
});

describe("places", () => {
  it("are paths in the repository, addresses in the web, or nothing", () => {
    const bases = {
      originalUriBaseIds: {
        ROOT: { uri: "file:///C:/build/1/s/" },
        SUB: { uri: "packages/web", uriBaseId: "ROOT" },
        LOOP: { uri: "a/", uriBaseId: "LOOP" },
      },
    };
    const cases: readonly (readonly [string, string, object?, Partial<SarifOptions>?])[] = [
      ["./src//a%C3%BC.js", "src/aü.js"],
      ["src\\a.js", "src/a.js"],
      ["file:///c:/build/1/S/src/a.js", "src/a.js"],
      ["C:\\build\\1\\s\\a.js", "a.js"],
      ["a.js", "packages/web/a.js", { uriBaseId: "SUB" }],
      ["a.js", "a.js", { uriBaseId: "ROOT" }],
      ["/src/repo/a.js", "a.js", {}, { root: "/src/repo" }],
      ["C:\\build\\1\\s\\web\\a.js", "s/web/a.js", {}, { root: "C:\\build\\1" }],
      ["a.js", "1/s/a.js", { uriBaseId: "ROOT" }, { root: "C:\\build" }],
      ["src/../lib/./a.js", "lib/a.js"],
      ["../api/a.js", "packages/api/a.js", { uriBaseId: "SUB" }],
      ["file:///C:/build/1/s/web/../a.js", "a.js"],
      ["file:///C:/build/1/s/../a.js", "refused: its place: it is a full path outside of the folder that was analysed"],
      ["https://shop.example/basket?token=1", "r of https://shop.example/basket"],
      ["../a.js", "refused: its place: it leads out of the repository"],
      ["a/%2e%2e/%2e%2e/b", "refused: its place: it leads out of the repository"],
      ["/etc/passwd", "refused: its place: it is a full path outside of the folder that was analysed"],
      ["file:///etc/passwd", "refused: its place: it is a full path outside of the folder that was analysed"],
      ["data:text/plain,x", "refused: its place: it is a full path outside of the folder that was analysed"],
      ["a%00b", "refused: its place: it holds characters that no path has"],
      ["a%zz", "refused: its place: its percent signs do not make sense"],
      ["x".repeat(2_000), "refused: its place: it is longer than 1000 characters"],
    ];
    for (const [uri, expected, more, options] of cases) {
      assert.equal(pathOf(oneResult(located(uri, {}, more), bases), options), expected, uri);
    }
    assert.ok(pathOf(oneResult(located("b", {}, { uriBaseId: "LOOP" }), bases)).endsWith("a/b"));
    assert.equal(pathOf(oneResult({})), "r of T");
  });
});

describe("what is not as it should be", () => {
  it("is refused whole, with the place, where nothing of it can be trusted", () => {
    const cases: readonly (readonly [unknown, string, string])[] = [
      ["", "", "ends too early"],
      ["not json", "", "an object was expected"],
      ["<html>", "", "an object was expected"],
      ["{}", "", '"version" is missing'],
      [{ version: "2.0.0", runs: [] }, "version", "2.1.0 was expected"],
      [{ version: "2.1.0", runs: [] }, "runs", "no run"],
      [{ version: "2.1.0", runs: {} }, "runs", "a list was expected"],
      [JSON.stringify(ofCodeAnalysis).slice(0, 1_500), "runs[0].results[1]", "ends too early"],
      ["{\u0000", "", "UTF-16"],
    ];
    for (const [log, at, message] of cases) {
      const done = read(log);
      assert.ok(done.is === "refused" && done.message.includes(message) && done.at === at, JSON.stringify([log, done]));
    }
  });

  it("is left out and said, where the rest stands; passed and absent results are no problems", () => {
    const results = [
      7,
      {},
      { ruleId: "r", ...located("a.js", { startLine: "x" }) },
      { ruleId: 7, message: "x", locations: {}, properties: null },
      { ruleId: "r", kind: "pass" },
      { ruleId: "r", baselineState: "absent" },
      { ruleId: "r", suppressions: [{ status: "underReview" }], ...located("b.js") },
      { ruleId: "r", message: { text: "[".repeat(50_000) }, ...located("c.js") },
      JSON.parse(`{"ruleId":"r","x":${"[".repeat(500)}${"]".repeat(500)}}`),
    ];
    const done = analysis({ version: "2.1.0", runs: [{ tool: { driver: { name: 7, rules: [null, 3] } }, results }] });
    assert.deepEqual(
      [done.results, done.findings.length, done.silenced.length, done.skipped, done.isCut],
      [9, 3, 0, 6, false],
    );
    assert.deepEqual(
      done.problems.map(({ at }) => at),
      ["runs[0].tool.driver", "runs[0].results[8]", "runs[0].results[0]", "runs[0].results[1]", "runs[0].results[3]"],
    );
  });

  it("closes nothing where the tool did not come to its end, or nothing of it could be read", () => {
    const outside = { ruleId: "r", ...located("/elsewhere/a.js") };
    const runs: readonly (readonly [object, boolean])[] = [
      [{ invocations: [{ executionSuccessful: false }] }, true],
      [{ results: null }, true],
      [{ results: undefined, externalPropertyFileReferences: { results: [{ location: { uri: "b.json" } }] } }, true],
      [{ results: [outside] }, true],
      [{ results: [outside, { ruleId: "r" }] }, false],
      [{ results: [] }, false],
    ];
    for (const [run, isCut] of runs) assert.equal(analysis(oneResult({}, run)).isCut, isCut, JSON.stringify(run));
  });
});

describe("what may be a secret", () => {
  const secret = ["Kranich", "zieht", "im Herbst"].join(" ");
  const rules = [{ id: "r", properties: { tags: ["secret"] } }];
  const run = { tool: { driver: { name: "T", rules } } };

  it("is in no message that is cut within it, and in no reason of a suppression", () => {
    const place = located("a.txt", { startLine: 1, snippet: { text: secret } });
    const suppressions = [{ kind: "external", justification: `${secret} is the password of the test system` }];
    const message = { text: `${"x ".repeat(490)}${secret}` };
    const { silenced } = analysis(oneResult({ message, suppressions, ...place }, run));
    assert.equal(silenced[0]?.reason, "******** is the password of the test system");
    assert.ok(!JSON.stringify(silenced).includes("Kranich"), JSON.stringify(silenced));
  });

  it("is in no message that names what the snippet sets, be it short or a word", () => {
    const shown = (text: string, snippet: string) => {
      const place = { artifactLocation: { uri: "a.js" }, contextRegion: { snippet: { text: snippet } } };
      return analysis(oneResult({ message: { text }, locations: [{ physicalLocation: place }] }, run)).findings[0]
        ?.message;
    };
    for (const [value, line] of [
      ["Kranichflug", 'const password = "Kranichflug";'],
      ["ab12", "pw=ab12"],
      ["Kranichflug", "password: Kranichflug"],
    ] as const) {
      assert.equal(shown(`Hardcoded password ${value} in login`, line), "Hardcoded password ******** in login");
    }
    assert.equal(shown("A password as a string", "password: string;\nname = 'password'"), "A password as a string");
  });

  it("is in no address, whatever signs it holds", () => {
    const { findings } = analysis(oneResult(located(["https://ops:Kra", "n@ich@shop.example/a"].join(""))));
    assert.deepEqual(findings[0]?.at, {
      setting: "r",
      resource: "https://shop.example/a",
      url: "https://shop.example/a",
    });
  });
});

describe("fifty megabytes", () => {
  function heapAfter(piece: (index: number) => string, head: string, tail: string) {
    const reader = createSarifReader({ fingerprintKey });
    reader.write(Buffer.from(head));
    let size = 0;
    for (let index = 0; size < 49 * 1024 * 1024; index++) {
      const bytes = Buffer.from(piece(index));
      size += bytes.length;
      if (!reader.write(bytes)) break;
    }
    reader.write(Buffer.from(tail));
    return reader.end();
  }
  const head = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[';

  it("of results are read in seconds, of flows are passed over", () => {
    takesAtMost(15, () => {
      const flow = JSON.stringify({ codeFlows: [{ a: "x".repeat(4_000) }] }).slice(1, -1);
      const result = (index: number) =>
        `${index === 0 ? "" : ","}{"ruleId":"r","message":{"text":"number ${"a".repeat(index % 9)}"},${flow},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/${index}.js"},"region":{"startLine":${index + 1}}}}]}`;
      const done = heapAfter(result, head, "]}]}");
      assert.ok(done.is === "read" && done.analyses[0]?.findings.length === done.analyses[0]?.results);
    });
  });

  it("of too many results, too deep or too long are refused", () => {
    const many = heapAfter((index) => `${index === 0 ? "" : ","}{"ruleId":"r"}`, head, "]}]}");
    assert.ok(many.is === "refused" && many.message.includes("split"), JSON.stringify(many).slice(0, 200));
    const deep = heapAfter(() => "[".repeat(100_000), head, "");
    assert.ok(deep.is === "refused" && deep.message.includes("ends too early"));
    const reader = createSarifReader({ fingerprintKey });
    const piece = Buffer.alloc(1024 * 1024, " ");
    for (let round = 0; round < 60; round++) reader.write(piece);
    const long = reader.end();
    assert.ok(long.is === "refused" && long.message.includes("50 MB"));
  });
});
