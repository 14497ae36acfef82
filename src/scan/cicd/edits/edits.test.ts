/** What the edits of rules on pipelines make of a text, to the letter; each was proven before it is offered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { changedText, changesOf } from "../../fixes/text-edits.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { scanPipeline } from "../azure/azure-pipelines.ts";
import type { PipelineFacts } from "../azure/pipeline-facts.ts";
import { githubActions } from "../github/github-actions.ts";

const context = { fingerprintKey: new Uint8Array(32) };
const ownPool: PipelineFacts = { pools: { own: { isHosted: false, isEphemeral: false } } };

/** The text after the edit of one rule's findings; undefined if none is offered. */
function edited(rule: string, text: string, facts?: PipelineFacts): string | undefined {
  const file = sourceFileOf("azure-pipelines.yml", "1", new TextEncoder().encode(text));
  const isWorkflow = rule.startsWith("github-");
  const { findings, problems } = isWorkflow
    ? githubActions.scan(file.path, [file], context)
    : scanPipeline(file.path, [file], context, facts);
  assert.deepEqual(
    problems.filter(({ isNotice }) => !isNotice).map(({ message }) => message),
    [],
  );
  const own = findings.filter((finding) => finding.rule === `cicd/${rule}`);
  assert.notEqual(own.length, 0, `${rule} finds nothing in ${text}`);
  const changes = own.flatMap(({ fix }) => (fix ? (changesOf(text, fix.edits) ?? []) : []));
  return changes.length > 0 ? changedText(text, changes) : undefined;
}

type Case = readonly [rule: string, before: string, after: string | undefined, facts?: PipelineFacts];

const settings: readonly Case[] = [
  [
    "azure-checkout-keeps-token",
    "steps:\n- checkout: self\n  persistCredentials: true # for the tag\n  clean: true\n",
    "steps:\n- checkout: self\n  persistCredentials: false # for the tag\n  clean: true\n",
  ],
  [
    "azure-checkout-keeps-token",
    'jobs:\r\n- job: a\r\n  steps:\r\n  - { checkout: self, persistCredentials: "True" }\r\n',
    "jobs:\r\n- job: a\r\n  steps:\r\n  - { checkout: self, persistCredentials: false }\r\n",
  ],
  [
    "azure-debug-committed",
    "variables:\n  # of the build\n  a: 1\n  system.debug: 'true' # only today\n  b: 2\nsteps:\n- script: make\n",
    "variables:\n  # of the build\n  a: 1\n  b: 2\nsteps:\n- script: make\n",
  ],
  [
    "azure-debug-committed",
    "variables:\n  system.debug: true\n\nsteps:\n- script: make\n",
    "\nsteps:\n- script: make\n",
  ],
  [
    "azure-debug-committed",
    "variables:\n- group: g\n- name: System.Debug\n  value: True\n- name: b\n  value: 2\nsteps:\n- script: make\n",
    "variables:\n- group: g\n- name: b\n  value: 2\nsteps:\n- script: make\n",
  ],
  [
    "azure-debug-committed",
    "variables: { system.debug: true, a: 1 }\nsteps:\n- script: make\n",
    "variables: { a: 1 }\nsteps:\n- script: make\n",
  ],
  ["azure-debug-committed", "variables:\n  # why: x\n  system.debug: true\nsteps:\n- script: make\n", undefined],
  [
    "azure-agent-protection-off",
    "steps:\n- script: make\n  env:\n    AZP_75787_ENABLE_NEW_LOGIC: false\n  displayName: Make\n",
    "steps:\n- script: make\n  displayName: Make\n",
  ],
  [
    "azure-container-controls-host",
    "container:\n  image: u:1\n  mapDockerSocket: true\nsteps:\n- script: make\n",
    "container:\n  image: u:1\n  mapDockerSocket: false\nsteps:\n- script: make\n",
  ],
  [
    "azure-container-controls-host",
    "pool: own\ncontainer:\n  image: u:1\nsteps:\n- script: make\n",
    "pool: own\ncontainer:\n  image: u:1\n  mapDockerSocket: false\nsteps:\n- script: make\n",
    ownPool,
  ],
  [
    "azure-workspace-reused",
    "jobs:\n- job: a\n  pool: own\n  steps:\n  - script: make\n- job: b\n  pool: { vmImage: ubuntu-24.04 }\n  steps:\n  - script: make\n",
    "jobs:\n- job: a\n  pool: own\n  steps:\n  - script: make\n  workspace:\n    clean: all\n- job: b\n  pool: { vmImage: ubuntu-24.04 }\n  steps:\n  - script: make\n",
    ownPool,
  ],
  [
    "azure-printed-text-commands-agent",
    "steps:\n- bash: git log -1\n- script: ./deploy $(target)\n",
    "steps:\n- bash: git log -1\n  target:\n    commands: restricted\n    settableVariables: none\n- script: ./deploy $(target)\n",
  ],
];

const commands: readonly Case[] = [
  [
    "azure-certificate-check-off",
    "steps:\n- bash: |\n    curl -sSLk https://example.test/a\n    curl -k -o b https://example.test/b\n    git -c http.sslVerify=false clone https://example.test/r.git\n    npm config set strict-ssl false\n",
    "steps:\n- bash: |\n    curl -sSL https://example.test/a\n    curl -o b https://example.test/b\n    git clone https://example.test/r.git\n    npm config set strict-ssl true\n",
  ],
  [
    "azure-certificate-check-off",
    "variables:\n  NODE_TLS_REJECT_UNAUTHORIZED: 0\n  a: 1\nsteps:\n- script: npm ci\n",
    "variables:\n  a: 1\nsteps:\n- script: npm ci\n",
  ],
  ["azure-certificate-check-off", "steps:\n- bash: ssh -o StrictHostKeyChecking=no a.example\n", undefined],
  [
    "azure-plain-transport",
    'steps:\n- script: "curl http://example.test/a && npm ci --registry http://npm.example.test/"\n',
    'steps:\n- script: "curl https://example.test/a && npm ci --registry https://npm.example.test/"\n',
  ],
  ["azure-plain-transport", "steps:\n- script: curl http://example.test:8080/a\n", undefined],
];

const scripts: readonly Case[] = [
  [
    "azure-script-source-control-injection",
    "steps:\n- script: echo Building $(Build.SourceBranchName)\n",
    'steps:\n- script: echo Building "$SOURCE_BRANCH_NAME"\n  env:\n    SOURCE_BRANCH_NAME: $(Build.SourceBranchName)\n',
  ],
  [
    "azure-script-source-control-injection",
    'steps:\n- bash: |\n    # the branch\n    docker build -t "app:$(Build.SourceBranchName)_1" --label m="$(build.sourceversionmessage)" .\n    ./tag.sh \'$(System.PullRequest.SourceBranch)\' $(Build.BuildId)\n  displayName: Tag\n  env:\n    A: b # kept\n',
    'steps:\n- bash: |\n    # the branch\n    docker build -t "app:${SOURCE_BRANCH_NAME}_1" --label m="$SOURCEVERSIONMESSAGE" .\n    ./tag.sh "$PULL_REQUEST_SOURCE_BRANCH" $(Build.BuildId)\n  displayName: Tag\n  env:\n    A: b # kept\n    SOURCE_BRANCH_NAME: $(Build.SourceBranchName)\n    SOURCEVERSIONMESSAGE: $(build.sourceversionmessage)\n    PULL_REQUEST_SOURCE_BRANCH: $(System.PullRequest.SourceBranch)\n',
  ],
  [
    "azure-script-source-control-injection",
    "jobs:\n- deployment: d\n  environment: e\n  strategy:\n    runOnce:\n      deploy:\n        steps:\n        - pwsh: |\n            $b = '$(Build.SourceBranch)'\n            Write-Host \"On $(build.sourcebranch): now\"\n        - task: PowerShell@2\n          inputs:\n            targetType: inline\n            script: Write-Host $(Build.SourceBranchName)\n",
    'jobs:\n- deployment: d\n  environment: e\n  strategy:\n    runOnce:\n      deploy:\n        steps:\n        - pwsh: |\n            $b = $env:SOURCE_BRANCH\n            Write-Host "On ${env:SOURCE_BRANCH}: now"\n          env:\n            SOURCE_BRANCH: $(Build.SourceBranch)\n        - task: PowerShell@2\n          inputs:\n            targetType: inline\n            script: Write-Host $env:SOURCE_BRANCH_NAME\n          env:\n            SOURCE_BRANCH_NAME: $(Build.SourceBranchName)\n',
  ],
  [
    "azure-script-source-control-injection",
    'steps:\n- bash: "echo \\"$(Build.SourceBranchName)\\""\n  env: { BRANCH: $(Build.SourceBranchName) }\n',
    'steps:\n- bash: "echo \\"$BRANCH\\""\n  env: { BRANCH: $(Build.SourceBranchName) }\n',
  ],
  [
    "azure-script-source-control-injection",
    'steps:\n- bash: SOURCE_BRANCH_NAME=$(Build.SourceBranchName); echo "$(git tag "v-$(Build.SourceBranchName)")"\n',
    'steps:\n- bash: SOURCE_BRANCH_NAME="$SOURCE_BRANCH_NAME_VALUE"; echo "$(git tag "v-$SOURCE_BRANCH_NAME_VALUE")"\n  env:\n    SOURCE_BRANCH_NAME_VALUE: $(Build.SourceBranchName)\n',
  ],
  [
    "azure-script-laundered-injection",
    "variables:\n  version: 1.0-$(Build.SourceBranchName)\nsteps:\n- bash: ./pack $(version)\n",
    'variables:\n  version: 1.0-$(Build.SourceBranchName)\nsteps:\n- bash: ./pack "$VERSION"\n  env:\n    VERSION: $(version)\n',
  ],
  [
    "azure-free-parameter-in-script",
    `parameters:\n- name: target\n  type: string\nsteps:\n- bash: ./deploy.sh "\${{ parameters.target }}"\n`,
    `parameters:\n- name: target\n  type: string\nsteps:\n- bash: ./deploy.sh "$TARGET"\n  env:\n    TARGET: \${{ parameters.target }}\n`,
  ],
  [
    "azure-secret-in-command",
    "steps:\n- script: ./login -p $(DeployPassword) && ./check $(DeployPassword)\n",
    'steps:\n- script: ./login -p "$DEPLOY_PASSWORD" && ./check "$DEPLOY_PASSWORD"\n  env:\n    DEPLOY_PASSWORD: $(DeployPassword)\n',
  ],
];

const job = "on: issues\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n";
const workflows: readonly Case[] = [
  [
    "github-persisted-credentials",
    "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4 # code\n      - name: b\n        uses: actions/checkout@v4\n        with:\n          path: b\n      - uses: actions/checkout@v4\n        with: { persist-credentials: true }\n",
    "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4 # code\n        with:\n          persist-credentials: false\n      - name: b\n        uses: actions/checkout@v4\n        with:\n          path: b\n          persist-credentials: false\n      - uses: actions/checkout@v4\n        with: { persist-credentials: false }\n",
  ],
  [
    "github-excessive-permissions",
    "name: x\non: push\n# what runs\njobs:\n  a:\n    steps: []\n  b:\n    steps: []\n",
    "name: x\non: push\npermissions:\n  contents: read\n\n# what runs\njobs:\n  a:\n    steps: []\n  b:\n    steps: []\n",
  ],
  [
    "github-template-injection",
    `${job}    steps:\n      - run: |\n          echo "\${{ github.event.issue.title }}: $(date)"\n          ./a \${{ github.event.issue.title }} \${{ github.event.issue.number }}\n        name: n\n`,
    `${job}    steps:\n      - run: |\n          echo "$ISSUE_TITLE: $(date)"\n          ./a "$ISSUE_TITLE" \${{ github.event.issue.number }}\n        name: n\n        env:\n          ISSUE_TITLE: \${{ github.event.issue.title }}\n`,
  ],
  [
    "github-template-injection",
    `${job}    steps:\n      - run: cat <<< '\${{ github.event.issue.title }} b'\n`,
    undefined,
  ],
  [
    "github-insecure-commands",
    "on: push\njobs:\n  a:\n    env:\n      ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n    steps: []\n",
    "on: push\njobs:\n  a:\n    steps: []\n",
  ],
  [
    "github-debug-enabled",
    "on: push\nenv:\n  A: b\n  ACTIONS_STEP_DEBUG: 'true'\njobs:\n  a:\n    steps: []\n",
    "on: push\nenv:\n  A: b\njobs:\n  a:\n    steps: []\n",
  ],
];

const anchored = `${job}    steps:\n      - run: &r echo "\${{ github.event.issue.title }}"\n      - run: *r\n        name: b\n`;
const cmd = "pool:\n  vmImage: windows-2022\nsteps:\n- script: echo $(Build.SourceBranchName)\n";
const nowhere: readonly string[] = [
  `parameters:\n- { name: x, type: boolean, default: true }\nsteps:\n- bash: echo $(Build.SourceBranchName)\n  \${{ if parameters.x }}:\n    env:\n      A: b\n`,
  `parameters:\n- name: s\n  type: stepList\n  default:\n  - bash: echo $(Build.SourceBranchName)\nsteps:\n- \${{ each s in parameters.s }}:\n  - \${{ each p in s }}:\n      \${{ p.key }}: \${{ p.value }}\n`,
  cmd,
  "pool: own\nsteps:\n- script: echo $(Build.SourceBranchName)\n",
  "steps:\n- bash: |\n    cat <<EOF\n    $(Build.SourceBranchName)\n    EOF\n",
  'steps:\n- bash: bash -c "echo $(Build.SourceBranchName)"\n',
  "steps:\n- bash: echo 'on $(Build.SourceBranchName)'\n",
  "steps:\n- bash: echo `tag $(Build.SourceBranchName)`\n",
  "steps:\n- bash: |\n    # on $(Build.SourceBranchName)\n    make\n",
  "steps:\n- pwsh: ./a.ps1 x$(Build.SourceBranchName)\n",
  "steps:\n- task: Bash@3\n  inputs:\n    filePath: a.sh\n    arguments: $(Build.SourceBranchName)\n",
  `parameters:\n- name: s\n  type: string\nsteps:\n- task: SSH@0\n  inputs:\n    commands: echo "$(Build.SourceBranchName)"\n`,
];

for (const [what, cases] of Object.entries({ settings, commands, scripts, workflows })) {
  test(`edits of ${what} change what is wrong and nothing else`, () => {
    for (const [rule, before, after, facts] of cases) assert.equal(edited(rule, before, facts), after);
  });
}

test("what is there to do harm costs little, and an edit that would break the file is not offered", () => {
  takesAtMost(20, () => {
    const branch = "$(Build.SourceBranchName)";
    const steps = Array.from({ length: 2000 }, (_, at) => `- bash: echo ${branch} ${at}\n  displayName: s${at}\n`);
    const script = (line: string): string => `steps:\n- bash: |\n${`    ${line}\n`.repeat(3000)}`;
    const rule = "azure-script-source-control-injection";
    assert.equal(edited(rule, script(`echo ${branch} "$("`)), undefined);
    assert.notEqual(edited(rule, `steps:\n${steps.join("")}`), undefined);
    assert.equal(edited("azure-certificate-check-off", script(`curl -k ${"-k ".repeat(100)}`)), undefined);
    assert.equal(edited(rule, `steps:\n- bash: ${branch} x\n`), undefined);
  });
});

test("where a variable would not do what the pasted text did, nothing is edited", () => {
  assert.equal(edited("github-template-injection", anchored), undefined);
  for (const text of nowhere) assert.equal(edited("azure-script-source-control-injection", text), undefined, text);
});
