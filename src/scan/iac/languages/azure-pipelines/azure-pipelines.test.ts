/** Pipelines are known by their content, and their jobs and steps are found wherever templates allow them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { child } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import type { Resource } from "../../resource.ts";
import { azurePipelines } from "./azure-pipelines.ts";

const fileOf = (text: string) => sourceFileOf("ci/build.yml", "0", new TextEncoder().encode(text));

function read(text: string): readonly Resource[] {
  return azurePipelines.read({ root: "ci/build.yml", files: [fileOf(text)] }).resources;
}

const contents: readonly (readonly [string, string, boolean])[] = [
  ["steps alone", "steps:\n- script: make\n", true],
  ["tasks", "trigger: none\nsteps:\n  - task: DotNetCoreCLI@2\n", true],
  ["phases, as jobs were called", "phases:\n- phase: a\n", true],
  ["stages", "stages:\n- stage: a\n", true],
  ["a template with conditions", `parameters:\n- name: x\njobs:\n- \${{ if x }}:\n  - job: a\n`, true],
  ["an extended template", "trigger: [main]\nextends:\n  template: a.yml\n", true],
  ["a workflow of GitHub", "on: push\njobs:\n  a:\n    steps:\n    - run: make\n", false],
  ["GitLab", "stages:\n- build\nbuild:\n  script:\n  - make\n", false],
  ["Concourse", "jobs:\n- name: a\n  plan:\n  - task: unit\n", false],
  ["Kubernetes", "apiVersion: v1\nkind: Pod\nsteps:\n- script: a\n", false],
  ["a list of tasks of Ansible", "- hosts: all\n  tasks:\n  - script: a\n", false],
];

for (const [name, text, expected] of contents) {
  test(`${name}: ${expected}`, () => assert.equal(azurePipelines.recognizes?.(fileOf(text)), expected));
}

test("jobs and steps have addresses and begin at their items", () => {
  const text = `trigger: none
stages:
- stage: Build
  jobs:
  - job: Make
    steps:
    - script: a
    - task: B@1
      name: b
  - \${{ if true }}:
    - deployment: Ship
      strategy:
        runOnce:
          deploy:
            steps:
            - bash: c
          on:
            failure:
              steps:
              - bash: d
jobs:
- template: t.yml
  parameters:
    steps:
    - pwsh: e
`;
  assert.deepEqual(
    read(text).map(({ types, address, at }) => `${spanOf(at).startLine} ${types[0]} ${address}`),
    [
      "1 file ci/build.yml",
      "5 job stages[0](Build).jobs[0](Make)",
      "7 step stages[0](Build).jobs[0](Make).steps[0]",
      "8 step stages[0](Build).jobs[0](Make).steps[1](b)",
      "11 job stages[0](Build).jobs[1](Ship)",
      "16 step stages[0](Build).jobs[1](Ship).runOnce.deploy.steps[0]",
      "20 step stages[0](Build).jobs[1](Ship).runOnce.on.failure.steps[0]",
      "25 step steps[0]",
    ],
  );
});

const images: readonly (readonly [string, string, unknown])[] = [
  ["written in the job", "trigger: none\njobs:\n- job: a\n  container: node:22\n", "node:22"],
  ["written as a mapping", "trigger: none\njobs:\n- job: a\n  container: { image: node:22 }\n", "node:22"],
  [
    "named under resources",
    "resources:\n  containers:\n  - container: n\n    image: node:22\njobs:\n- job: a\n  container: n\n",
    "node:22",
  ],
  ["a name that a caller may give", "parameters: []\njobs:\n- job: a\n  container: n\n", undefined],
  ["worked out when run", "trigger: none\njobs:\n- job: a\n  container: n:$(tag)\n", undefined],
  ["of a pipeline without jobs", "trigger: none\ncontainer: node:22\nsteps:\n- script: a\n", "node:22"],
];

for (const [name, text, expected] of images) {
  test(`the image of a job: ${name}`, () => {
    const image = child(read(text).find(({ types }) => types[0] === "job")?.body, "image");
    assert.equal(image?.is === "scalar" ? image.value : undefined, expected);
  });
}

test("no mutation of a file makes the reader throw", () => {
  const text = `trigger: none\nresources:\n  containers:\n  - container: n\n    image: a\nstages:\n- stage: b\n  jobs:\n  - \${{ if x }}:\n    - job: c\n      container: n\n      steps:\n      - script: |\n          d\n`;
  for (let at = 0; at < text.length; at++) {
    for (const piece of ["", "\n", ":", "[", `\${{`, "- ", "\t", "&a ", "\u0000"]) {
      for (const { body } of read(text.slice(0, at) + piece + text.slice(at + 1 + (at % 3)))) body.keys();
    }
  }
});
