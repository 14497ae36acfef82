/** Which files are pipelines, what belongs together, and what findings say: place, way through templates, fingerprint. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import type { TreeResult } from "../../tree-scanner.ts";
import { cicdScanner } from "../cicd-scanner.ts";
import { scanPipeline } from "./azure-pipelines.ts";

type Files = Readonly<Record<string, string>>;

const context = { fingerprintKey: new Uint8Array(32), includePassed: true };
const sourcesOf = (files: Files) =>
  Object.entries(files).map(([path, text]) => sourceFileOf(path, path, new TextEncoder().encode(text)));

function unitsOf(files: Files) {
  return cicdScanner
    .units(sourcesOf(files).map((file) => ({ path: file.path, survey: cicdScanner.survey(file) })))
    .filter(({ language }) => language === "azure-pipelines");
}

function scan(files: Files): readonly TreeResult[] {
  const sources = sourcesOf(files);
  return unitsOf(files).map((unit) =>
    cicdScanner.scan(
      unit,
      sources.filter(({ path }) => unit.paths.includes(path)),
      context,
    ),
  );
}

function said({ rule, at, message }: Finding): string {
  return `${rule} ${isSpan(at) ? `${at.path}:${at.startLine}:${at.startColumn}` : ""} ${message}`;
}

const template = "steps:\n- bash: |\n    make\n\n    echo $(Build.SourceBranchName)\n  displayName: build\n";
const caller = "trigger: none\nsteps:\n- template: steps/build.yml\n";

test("a template is read with each pipeline that calls it, and judged once", () => {
  const files = {
    "azure-pipelines.yml": caller,
    "nightly.yml": caller,
    "steps/build.yml": template,
    "k8s.yml": "apiVersion: v1\n",
  };
  assert.deepEqual(
    unitsOf(files).map(({ root, paths }) => [root, ...paths]),
    [
      ["azure-pipelines.yml", "azure-pipelines.yml", "steps/build.yml"],
      ["nightly.yml", "nightly.yml", "steps/build.yml"],
    ],
  );
  const findings = scan(files).flatMap((result) => result.findings);
  assert.equal(new Set(findings.map(({ fingerprint }) => fingerprint)).size, 1);
  assert.match(
    findings.map(said)[0] ?? "",
    /^cicd\/azure-script-source-control-injection steps\/build\.yml:5:10 .*job\/build: .* \(called from azure-pipelines\.yml:3\)$/,
  );
});

test("templates that only call each other are judged, too", () => {
  const calling = (path: string) => `steps:\n- bash: echo $(Build.SourceBranchName)\n- template: ${path}\n`;
  const files = { "a.yml": calling("b.yml"), "b.yml": calling("a.yml") };
  assert.deepEqual(unitsOf(files), [{ language: "azure-pipelines", root: "a.yml", paths: ["a.yml", "b.yml"] }]);
  const [result] = scan(files);
  assert.deepEqual([...new Set(result?.findings.map(({ at }) => (isSpan(at) ? at.path : "")))], ["a.yml", "b.yml"]);
});

test("a step is as bad as the worst of what is wrong in it", () => {
  const lines = ["echo $(Build.RequestedFor)", "echo $(Build.SourceBranchName)"];
  for (const [first, second] of [lines, lines.toReversed()]) {
    const text = `steps:\n- bash: |\n    ${first}\n    ${second}\n`;
    const found = scan({ "azure-pipelines.yml": text }).flatMap(({ findings }) => findings);
    assert.deepEqual(
      found.map(({ rule, severity }) => [rule, severity]),
      [["cicd/azure-script-source-control-injection", "high"]],
    );
    assert.match(found[0]?.message ?? "", /SourceBranchName/);
  }
});

test("fingerprints stay when lines move, and differ for steps that differ", () => {
  const of = (text: string) =>
    scan({ "azure-pipelines.yml": text }).flatMap(({ findings }) => findings.map((one) => one.fingerprint));
  const step = "- script: echo $(Build.SourceBranch)\n";
  assert.deepEqual(of(`steps:\n${step}`), of(`# moved\npool: x\nsteps:\n\n${step}`));
  assert.equal(new Set(of(`steps:\n${step}${step}`)).size, 2);
});

test("a comment silences one rule, with its reason", () => {
  const [result] = scan({
    "azure-pipelines.yml":
      "steps:\n# sallyport:skip=cicd/azure-script-source-control-injection:names are checked before\n- script: echo $(Build.SourceBranch)\n",
  });
  assert.deepEqual(result?.findings, []);
  assert.deepEqual(
    result?.silenced.map(({ reason }) => reason),
    ["names are checked before"],
  );
});

test("a rule that needs facts says that it was not evaluated", () => {
  const sources = sourcesOf({ "a.yml": "pr: [main]\nsteps:\n- script: terraform apply\n" });
  const of = (facts: Parameters<typeof scanPipeline>[3]) =>
    scanPipeline("a.yml", sources, context, facts).evaluations.find(
      ({ rule }) => rule === "cicd/azure-pull-request-deploys",
    )?.result;
  assert.deepEqual(
    [of({}), of({ repositoryKind: "github" }), of({ repositoryKind: "azure-repos", hasBuildPolicy: false })],
    ["unknown", "fail", "pass"],
  );
});

const chains: readonly (readonly [string, string, RegExp])[] = [
  [
    "a long row of variables, each made of the one before",
    `variables:\n  v0: $(Build.SourceBranch)\n${Array.from({ length: 20 }, (_, n) => `  v${n + 1}: $(v${n})\n`).join("")}steps:\n- script: make $(v20)\n`,
    /SourceBranch .*by way of v20, v19/,
  ],
  [
    "a matrix",
    "jobs:\n- job: a\n  strategy:\n    matrix:\n      x: { ref: $(Build.SourceBranch) }\n  steps:\n  - script: make $(ref)\n",
    /by way of ref/,
  ],
  [
    "a runtime expression",
    "variables:\n  v: $[ format('{0}', variables['Build.SourceVersionMessage']) ]\nsteps:\n- script: make $(v)\n",
    /SourceVersionMessage .*by way of v/,
  ],
  [
    "the environment of a step",
    'steps:\n- bash: echo "##vso[task.setvariable variable=v]$B"\n  env: { B: $(Build.SourceBranch) }\n- script: make $(v)\n',
    /by way of v, B/,
  ],
  [
    "another stage's output",
    "stages:\n- stage: A\n  jobs:\n  - job: j\n    steps:\n    - bash: echo \"##vso[task.setvariable variable=v;isOutput=true]$(Build.SourceBranch)\"\n      name: s\n- stage: B\n  jobs:\n  - job: k\n    variables:\n      w: $[ stageDependencies.A.j.outputs['s.v'] ]\n    steps:\n    - script: make $(w)\n",
    /by way of w, v/,
  ],
];

for (const [name, text, expected] of chains) {
  test(`a branch's name is followed through ${name}`, () => {
    const found = scan({ "azure-pipelines.yml": text }).flatMap(({ findings }) => findings);
    const message = found.find(({ rule }) => rule === "cicd/azure-script-laundered-injection")?.message ?? "none";
    assert.match(message, expected);
  });
}

test("a variable of the job hides that of the pipeline", () => {
  const text =
    "variables:\n  v: $(Build.SourceBranch)\njobs:\n- job: a\n  variables:\n    v: main\n  steps:\n  - script: make $(v)\n";
  assert.deepEqual(
    scan({ "azure-pipelines.yml": text }).flatMap(({ findings }) => findings.map(({ rule }) => rule)),
    [],
  );
});

test("a file that is too large is told, not left out", () => {
  const [result] = scan({ "azure-pipelines.yml": `steps:\n- bash: make\n${"  # a\n".repeat(340_000)}` });
  assert.deepEqual(
    result?.problems.map(({ code, path }) => [code, path]),
    [["too-large", "azure-pipelines.yml"]],
  );
});

test("a file of empty lines or blanks without end is looked at in a moment", () => {
  const empty = `extends:${"\n".repeat(100_000)}x`;
  const blanks = `steps:\n- template: a${" ".repeat(100_000)}x\n`;
  takesAtMost(1, () => unitsOf({ "a.yml": empty, "b.yml": blanks }));
});
