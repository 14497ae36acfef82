import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { packageReaders } from "../../readers.generated.ts";
import { readPackages } from "../../testing/read-packages.ts";

const told = (texts: Readonly<Record<string, string>>) =>
  readPackages(texts).manifests.flatMap(({ packages }) =>
    packages.map(({ ecosystem, name, version, requirement, at, integrity }) =>
      [
        ecosystem,
        name,
        version ?? `(${requirement ?? ""})`,
        at.startLine,
        ...(integrity ? [integrity.slice(0, 4)] : []),
      ].join(" "),
    ),
  );

test("GitHub workflows: actions, workflows, images, and .NET", () => {
  const found = told({
    ".github/workflows/ci.yml": `on: push
jobs:
  shared:
    uses: octo/repo/.github/workflows/w.yml@172239021f7ba04fe7327647b213799853a9eb89  # v1.0.0
  local:
    uses: ./.github/workflows/own.yml
  build:
    container: images.example/build:1.2
    services:
      db: { image: "postgres:16" }
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 #v4.2.2
      - uses: "actions/cache@v3"
      - uses: owner/name/path@v1.2.3
      - uses: docker://images.example/lint:2.0
      - uses: \${{ matrix.action }}
      - uses: actions/setup-dotnet@v4
        with:
          dotnet-version: |
            8.0.203
            9.0.x
`,
  });
  assert.deepEqual(found, [
    "GitHub Actions octo/repo/.github/workflows/w.yml v1.0.0 4 1722",
    "GitHub Actions ./.github/workflows/own.yml () 6",
    "Docker images.example/build 1.2 8",
    "Docker postgres 16 10",
    "GitHub Actions actions/checkout v4.2.2 12 11bd",
    "GitHub Actions actions/cache (v3) 13",
    "GitHub Actions owner/name/path v1.2.3 14",
    "Docker images.example/lint 2.0 15",
    "GitHub Actions actions/setup-dotnet (v4) 17",
    ".NET Microsoft.NET.Sdk 8.0.203 19",
    ".NET Microsoft.NET.Sdk (9.0.x) 19",
  ]);
});

test("composite actions", () => {
  const text = `runs:\n  using: composite\n  steps:\n    - uses: actions/cache@v3.0.1\n`;
  assert.deepEqual(told({ "tools/action.yml": text }), ["GitHub Actions actions/cache v3.0.1 4"]);
});

test("Azure Pipelines: tasks, repositories, containers, and .NET", () => {
  const found = told({
    "build/anything.yml": `resources:
  repositories:
  - repository: templates
    type: git
    name: Shared/templates
    ref: refs/tags/v1.4.0
  containers:
  - container: linux
    image: images.example/agent:22.04
stages:
- stage: a
  jobs:
  - job: b
    container: linux
    steps:
    - task: UseDotNet@2
      inputs:
        packageType: runtime
        version: '8.0.3'
    - \${{ if eq(parameters.x, true) }}:
      - task: publisher.extension.Tool@1.2.3
    - task: "DotNetCoreCLI@2"
`,
    "k8s.yml": "apiVersion: v1\nsteps:\n- task: A@1\n",
  });
  assert.deepEqual(found, [
    "Azure Pipelines Shared/templates v1.4.0 3",
    "Docker images.example/agent 22.04 9",
    "Azure Pipelines UseDotNet (2) 16",
    ".NET Microsoft.NETCore.App 8.0.3 19",
    "Azure Pipelines publisher.extension.Tool 1.2.3 21",
    "Azure Pipelines DotNetCoreCLI (2) 22",
  ]);
});

test("files in YAML that other readers know are left to them", () => {
  const paths =
    "pnpm-lock.yaml pubspec.yaml stack.yaml META.yml ml-environment.yml docker-compose.yml a.spdx.yml x/action.yml";
  for (const path of [...paths.split(" "), ".github/workflows/ci.yml"]) {
    const found = packageReaders.filter((reader) => reader.matches(path)).map(({ format }) => format);
    assert.ok(found.length === 1 && found[0] !== "Azure Pipelines", `${path}: ${found.join()}`);
  }
});

test("aliases of aliases cost little", () => {
  const lines = Array.from({ length: 30 }, (_, n) => `  a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`).join("\n");
  takesAtMost(5, () => {
    readPackages({ "p.yml": `variables:\n  a0: &a0 [x]\n${lines}\nsteps:\n- task: A@1\n- *a30\n` });
  });
});
