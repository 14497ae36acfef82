/** Both ways of putting a pipeline together agree where only the writing differs, and a difference is said by job. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comparePreview } from "./compare-preview.ts";

const text = `parameters:
- { name: all, type: boolean, default: false }
- { name: to, type: string, default: dev }
steps:
- checkout: self
- template: more.yml
  parameters: { to: "\${{ parameters.to }}" }
- \${{ if parameters.all }}:
  - script: never
- publish: out
  artifact: a
`;

function compare(finalYaml: string): readonly string[] {
  const files = new Map([
    ["ci.yml", text],
    [
      "more.yml",
      `parameters:\n- { name: to, type: string }\nsteps:\n- bash: |\n    ./go \${{ parameters.to }}\n- pwsh: Get-Date\n`,
    ],
  ]);
  const commit = "c".repeat(40);
  return comparePreview(
    {
      ...{ projectId: "p", definitionId: 1, repositoryId: "r", ref: "refs/heads/main", commit, path: "ci.yml", files },
      others: new Map(),
    },
    finalYaml,
  );
}

const same = `stages:
- stage: __default
  jobs:
  - job: Job
    steps:
    - task: 6d15af64-176c-496d-b583-fd2ae21d4df4@1
      inputs: { repository: self }
    - task: Bash@3
      inputs: { targetType: inline, script: "./go dev\\r\\n" }
    - task: PowerShell@2
      inputs: { targetType: inline, script: Get-Date, pwsh: true }
    - task: ecdc45f6-832d-4ad9-b52b-ee49e94659be@1
      inputs: { artifactName: a, targetPath: out }
`;

test("short forms, implied levels and ids of tasks are no difference", () => {
  assert.deepEqual(compare(same), []);
});

test("steps and jobs that are only on one side are said", () => {
  const step = "    - task: Bash@3\n      inputs: { targetType: inline, script: injected }\n";
  const told = "Azure DevOps puts this pipeline together differently:";
  assert.deepEqual(compare(same + step), [`${told} the job #1 has 1 step more.`]);
  assert.deepEqual(compare(same.replace("go dev", "go prod")), [
    `${told} the job #1 has other steps: 1 only there, 1 only here.`,
  ]);
  assert.deepEqual(compare(`${same}  - job: other\n    steps: []\n`), [`${told} job other is only there.`]);
  assert.deepEqual(compare("["), [`${told} what it answers could not be read.`]);
});
