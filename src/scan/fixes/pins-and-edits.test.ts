/** Pins, edits of several findings in one file, and files that are there to do harm. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, TextEdit } from "#model/finding.ts";
import type { FixKnowledge, FixPlan, FixTarget } from "#model/fix-plan.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { groupFixes } from "./group-fixes.ts";
import { planFix } from "./plan-fixes.ts";
import { planOf, sourceFiles } from "./testing/plan-of.ts";
import { unifiedDiff } from "./unified-diff.ts";

const commit = "c".repeat(40);
const digest = `sha256:${"d".repeat(64)}`;
const known: FixKnowledge = {
  publishedOf: () => undefined,
  commitOf: (action, ref) => (action === "own/act" && ref === "v3" ? commit : undefined),
  digestOf: (image) => (image === "images.example:5000/node:22.4" ? digest : undefined),
};

function line(path: string, at: number, more: Partial<Finding>): Finding {
  const span = { path, startLine: at, startColumn: 3, endLine: at, endColumn: 4 };
  const rule = "iac/docker-image-without-digest";
  return {
    rule,
    aliases: [],
    severity: "low",
    message: "m",
    at: span,
    fingerprint: `${path}:${at}:${more.rule}`,
    ...more,
  };
}

function planFor(files: Readonly<Record<string, string>>, findings: readonly Finding[], grouping?: "scanner"): FixPlan {
  const [target] = groupFixes(findings, grouping);
  return planFix(target as FixTarget, { files: sourceFiles(files), known });
}

function afterOf(plan: FixPlan): string | undefined {
  return plan.is === "planned" ? plan.files[0]?.after : plan.because;
}

test("a moving name becomes a commit or a digest, and stays readable beside it", () => {
  const cases: readonly (readonly [path: string, text: string, after: string])[] = [
    [".github/workflows/a.yml", "  - uses: own/act@v3\r\n", `  - uses: own/act@${commit} # v3\r\n`],
    [".github/workflows/b.yml", '  - uses: "own/act/sub@v3" # why\n', `  - uses: "own/act/sub@${commit}" # why\n`],
    [
      "Dockerfile",
      "FROM --platform=linux/arm64 images.example:5000/node:22.4 AS build\n",
      `FROM --platform=linux/arm64 images.example:5000/node:22.4@${digest} AS build\n`,
    ],
    [
      "azure-pipelines.yml",
      "  container: images.example:5000/node:22.4\n",
      `  container: images.example:5000/node:22.4@${digest}\n`,
    ],
    [
      "a.yaml",
      "    image: 'images.example:5000/node:22.4' # x\n",
      `    image: 'images.example:5000/node:22.4@${digest}' # x\n`,
    ],
  ];
  for (const [path, text, after] of cases) {
    assert.equal(afterOf(planFor({ [path]: text }, [line(path, 1, {})])), after);
  }
});

test("what nobody looked up is said, and what is pinned or computed is left alone", () => {
  const because = (text: string) => afterOf(planFor({ a: text }, [line("a", 1, {})]));
  assert.match(because("  - uses: other/act@v1\n") ?? "", /commit behind other\/act@v1 is not known here/);
  assert.match(because("FROM debian:12\n") ?? "", /`docker buildx imagetools inspect debian:12` tells it/);
  for (const text of [
    `- uses: own/act@${commit}\n`,
    `FROM node@${digest}\n`,
    "FROM node:$" + "{TAG}\n",
    "  image: $(IMAGE)\n",
  ])
    assert.match(because(text) ?? "", /no action or image was found there/, text);
});

const edit = (
  path: string,
  [startLine, startColumn]: readonly [number, number],
  [endLine, endColumn]: readonly [number, number],
  text: string,
): TextEdit => ({
  at: { path, startLine, startColumn, endLine, endColumn },
  text,
});

function edited(name: string, at: number, ...edits: readonly TextEdit[]): Finding {
  return line("a.tf", at, { rule: `iac/${name}`, fix: { title: `Set ${name}`, safe: true, edits } });
}

test("edits of several findings are put together; one that reaches into another is left out and said", () => {
  const files = { "a.tf": "\ufeffa = 1\r\nb = 2\r\n}\r\n" };
  const findings = [
    edited("a", 1, edit("a.tf", [1, 5], [1, 6], "10")),
    edited("b", 2, edit("a.tf", [2, 5], [2, 6], "20"), edit("a.tf", [3, 1], [3, 1], "c = 3\n")),
    edited("d", 3, edit("a.tf", [3, 1], [3, 1], "d = 4\n")),
    edited("c", 3, edit("a.tf", [3, 1], [3, 1], "c = 5\n")),
    edited("e", 2, edit("a.tf", [1, 6], [2, 6], "x")),
    edited("f", 9, edit("a.tf", [90, 1], [90, 1], "x")),
  ];
  const plan = planFor(files, findings, "scanner");
  assert.equal(afterOf(plan), "\ufeffa = 10\r\nb = 20\r\nc = 3\r\nd = 4\r\n}\r\n");
  assert.ok(plan.is === "planned");
  assert.deepEqual(
    [...plan.fixes].sort(),
    findings
      .slice(0, 3)
      .map(({ fingerprint }) => fingerprint)
      .sort(),
  );
  assert.deepEqual(plan.said, [
    "Set c (a.tf:3) is left out: it reaches into the edit for another finding, so do one after the other.",
    "Set e (a.tf:2) is left out: it reaches into the edit for another finding, so do one after the other.",
    "Set f (a.tf:9) is left out: a.tf is not as it was scanned.",
  ]);
  assert.match(
    unifiedDiff(plan.files),
    /^--- a\/a\.tf\n\+\+\+ b\/a\.tf\n@@ -1,3 \+1,5 @@\n-\ufeffa = 1\r\n-b = 2\r\n\+\ufeffa = 10\r\n/,
  );
});

test("a diff keeps the line end of each line, where a file has both kinds", () => {
  const [before, after] = ["a\r\nb\nc\r\n", "a\r\nB\nc\r\n"];
  assert.match(unifiedDiff([{ path: "a", before, after }]), /\n a\r\n-b\n\+B\n c\r\n$/);
});

test("a root cause has one key, whatever the version to go to; groups are what somebody chose", () => {
  const files = {
    "package.json": '{"dependencies": {"json": "^1.0.0"}}',
    "web/package.json": '{"dependencies": {"json": "^1.0.0"}}',
  };
  const [low, high] = ["1.2.0", "1.3.0"].map((to) => planOf({ files, of: "json", range: ["0", to] }).findings);
  const targets = [low, high].flatMap((findings) => groupFixes(findings ?? []));
  assert.deepEqual(
    targets.map(({ key, title, goal, findings }) => [key, title, goal, findings.length]),
    [
      ["package npm json", "Raise json to 1.2.0", "1.2.0", 2],
      ["package npm json", "Raise json to 1.3.0", "1.3.0", 2],
    ],
  );
  const iac = [edited("a", 1, edit("a.tf", [1, 1], [1, 1], "x")), edited("b", 1, edit("a.tf", [1, 1], [1, 1], "y"))];
  const keys = (grouping: "root-cause" | "ecosystem" | "scanner") =>
    groupFixes([...(low ?? []), ...iac], grouping).map(({ key }) => key);
  assert.deepEqual(keys("root-cause"), ["package npm json", "rule iac/a a.tf", "rule iac/b a.tf"]);
  assert.deepEqual(keys("ecosystem"), ["ecosystem npm", "scanner iac"]);
  assert.deepEqual(keys("scanner"), ["scanner vulnerabilities", "scanner iac"]);
});

test("files that are there to do harm cost little and change nothing they should not", () => {
  const entry = { version: "1.0.1", resolved: "https://r.example/json-1.0.1.tgz", integrity: "sha512-a" };
  const deep = "node_modules/a/".repeat(60);
  const lock = (packages: object) => ({
    "package.json": '{"dependencies": {"json": "^1.0.0"}}',
    "package-lock.json": JSON.stringify({
      lockfileVersion: 3,
      packages: { "": { dependencies: { json: "^1.0.0" } }, "node_modules/json": entry, ...packages },
    }),
  });
  const many = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, at) => [
      `${deep}node_modules/p${at}`,
      { version: "1.0.0", dependencies: { json: "*", [`p${at - 1}`]: "*" } },
    ]),
  );
  const published = {
    "json@1.2.0": { integrity: "sha512-b", dependencies: { ["__proto__"]: "*", constructor: "*" } },
  };
  const files: readonly Readonly<Record<string, string>>[] = [
    lock(many),
    lock({ "__proto__/node_modules/json": entry }),
    { "requirements.txt": `json==1.0.1 ${"--hash=sha256:0 ".repeat(50_000)}\n` },
    { "pom.xml": `<project>${"<a>".repeat(10_000)}` },
    {
      "yarn.lock": `# yarn lockfile v1\n${"json@^1.0.0, ".repeat(50_000)}json@1:\n  version "1.0.1"\n`,
      "package.json": '{"dependencies": {"json": "^1.0.0"}}',
    },
    { "package.json": `{"dependencies": {"json": "^1.0.0${"\\u0020".repeat(50_000)}"}}` },
  ];
  for (const [at, texts] of files.entries()) {
    const { plan } = takesAtMost(15, () => planOf({ files: texts, of: "json", published }), `file ${at}`);
    for (const file of plan.is === "planned" ? plan.files : []) assert.ok(Object.hasOwn(texts, file.path));
  }
});
