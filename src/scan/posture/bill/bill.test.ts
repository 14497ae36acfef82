/** A bill holds what a pipeline is made of, in a stable order, and is valid CycloneDX 1.6. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { BillItem, PipelineBill } from "#model/posture/pipeline-bill.ts";
import { cyclonedxMistakes } from "../../sbom/testing/validate-cyclonedx.ts";
import { judgePipelines } from "../pipelines/judge-pipelines.ts";
import { exampleProjectId, factsOfExample } from "../posture-example.ts";
import { defaultPostureSettings } from "../posture-settings.ts";
import { billOf } from "./bill-of.ts";
import { billToCyclonedx } from "./to-cyclonedx.ts";
import { billToJson } from "./to-json.ts";

const commit = "c".repeat(40);
const digest = `sha256:${"0".repeat(64)}`;
const text = `trigger: none
resources:
  repositories:
  - { repository: tools, name: Payments/tools, ref: refs/heads/main }
  pipelines:
  - { pipeline: up, source: core, branch: main }
  webhooks:
  - { webhook: pushed, connection: hook }
variables:
- group: prod
jobs:
- job: build
  container: registry.example:5000/team/node:22
  services: { db: "db:1@${digest}" }
  steps:
  - template: build.yml@tools
  - download: up
    artifact: core
  - task: UseNode@1
  - bash: curl -o t https://user:pw@get.example/tool.tgz?sig=1
  - script: npm ci --registry https://pkgs.example/contoso/_packaging/main-feed/npm/registry/
  - publish: out
    artifact: app
- deployment: ship
  pool: own
  environment: prod
  strategy: { runOnce: { deploy: { steps: [{ task: AzureCLI@2, inputs: { azureSubscription: cloud } }] } } }
`;

const project: Partial<FactValues> = {
  generalSettings: { enforceJobAuthScope: false },
  repositories: [
    { id: "r1", name: "app", isDisabled: false, isFork: false, size: 1, url: "u", defaultBranch: "refs/heads/main" },
    { id: "r2", name: "tools", isDisabled: false, isFork: false, size: 1, url: "u", defaultBranch: "refs/heads/main" },
  ],
  definitions: [
    {
      ...{
        id: 7,
        name: "app-ci",
        folder: "\\",
        revision: 3,
        url: "https://dev.azure.com/contoso/Payments/_build?definitionId=7",
      },
      ...{ isEnabled: true, kind: "yaml", jobScope: "organization", triggers: [], variableGroupIds: [], steps: [] },
      variables: [{ name: "apiKey", isSecret: true, allowOverride: false }],
      repository: { kind: "azure-repos", id: "r1", name: "app", defaultBranch: "refs/heads/main" },
    },
  ],
  variableGroups: [
    {
      ...{ id: 9, name: "prod", url: "https://dev.azure.com/g", isShared: false, projectIds: [] },
      vault: { name: "prod-vault", connectionId: "cloud-id" },
      variables: [{ name: "dbPassword", isSecret: false, allowOverride: false }],
    },
  ],
  connections: [
    {
      ...{
        id: "cloud-id",
        name: "cloud",
        type: "azurerm",
        url: "https://management.example/",
        pageUrl: "https://dev.azure.com/c",
      },
      ...{ scheme: "ServicePrincipal", isReady: true, isShared: false, projectIds: [], secretParameters: ["key"] },
      ...{ data: { subscriptionName: "Production" }, parameters: { serviceprincipalid: "0000-1" } },
    },
  ],
  environments: [{ id: 2, name: "prod", url: "https://dev.azure.com/e" }],
  checks: [],
  queues: [{ id: 4, name: "own", poolId: 6 }],
};

function bill(): PipelineBill {
  const tasks = [
    { id: "t1", name: "UseNode", versions: ["1.2.0", "1.10.1"], isDeprecated: false, connectionInputs: [] },
  ];
  const facts = factsOfExample({ project, organization: { tasks } });
  const source = {
    ...{
      projectId: exampleProjectId,
      definitionId: 7,
      repositoryId: "r1",
      ref: "refs/heads/main",
      commit,
      path: "ci.yml",
    },
    files: new Map([["ci.yml", text]]),
    others: new Map([
      [
        "tools",
        {
          ...{ name: "Payments/tools", ref: "refs/heads/main", commit: "d".repeat(40) },
          files: new Map([["build.yml", "steps:\n- script: make\n"]]),
        },
      ],
    ]),
  };
  const [judged] = judgePipelines(facts, [source], defaultPostureSettings);
  assert.ok(judged);
  return billOf(judged, facts);
}

function shown({ kind, name, version, from, isMutable, jobs }: BillItem): string {
  const mutable = isMutable === undefined ? "" : isMutable ? " moves" : " fixed";
  return `${kind} ${name} ${version ?? "-"} < ${from ?? "-"}${mutable} [${jobs.join(" ")}]`;
}

test("everything that a pipeline is made of stands in its bill, without what is secret in addresses", () => {
  const { items, identity, source } = bill();
  const main = "d".repeat(40);
  assert.deepEqual(items.map(shown), [
    `template Payments/tools/build.yml ${main} < refs/heads/main moves []`,
    "task AzureCLI 2 < Microsoft moves [ship]",
    "task Bash 3 < Microsoft moves [build]",
    "task CmdLine 2 < Microsoft moves [build]",
    "task DownloadPipelineArtifact 2 < Microsoft moves [build]",
    "task PublishPipelineArtifact 1 < Microsoft moves [build]",
    "task UseNode 1 (1.10.1) < Microsoft moves [build]",
    `image db ${digest} < - fixed [build]`,
    "image registry.example:5000/team/node 22 < - moves [build]",
    "download https://get.example/tool.tgz - < - moves [build]",
    "feed main-feed - < - [build]",
    "artifact-in core main < core [build]",
    "artifact-out app - < - [build]",
    "pool own - < - [ship]",
    "connection cloud - < azurerm Production as 0000-1 (ServicePrincipal) [ship]",
    "connection hook - < - []",
    "variable-group prod - < vault prod-vault []",
    "secret apiKey - < the definition []",
    "secret dbPassword - < prod []",
    "vault prod-vault - < prod []",
    "environment prod - < no checks [ship]",
    `repository Payments/tools ${main} < refs/heads/main moves []`,
    "webhook pushed - < hook []",
  ]);
  assert.deepEqual(identity, { name: "Project Collection Build Service (contoso)", reach: "organization" });
  assert.deepEqual(source, { repository: "Payments/app", commit, path: "ci.yml" });
});

test("as CycloneDX it is valid, says the same, and is the same for the same bill", () => {
  const written = billToCyclonedx(bill(), { time: "2026-03-01T12:00:00Z", toolVersion: "1" });
  assert.equal(written, billToCyclonedx(bill(), { time: "2026-03-01T12:00:00Z", toolVersion: "1" }));
  const document = JSON.parse(written) as {
    readonly formulation: readonly {
      readonly components: object[];
      readonly services: object[];
      readonly workflows: object[];
    }[];
  };
  assert.deepEqual(cyclonedxMistakes(document), []);
  const [formula] = document.formulation;
  assert.equal((formula?.components.length ?? 0) + (formula?.services.length ?? 0), bill().items.length);
  assert.equal(billToJson(bill()), billToJson({ ...bill() }));
});

test("hostile names make no document that is not valid", () => {
  const whole = bill();
  const items = whole.items.map(
    (item): BillItem => ({ ...item, name: "\0\uFFFF<x> \ud800", version: "v".repeat(5000) }),
  );
  const written = billToCyclonedx({ ...whole, items, url: "no address" }, { time: "no time" });
  assert.deepEqual(cyclonedxMistakes(JSON.parse(written)), []);
});
