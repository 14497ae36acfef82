/** Code joined with settings: who starts a pipeline, what it uses, and answers that neither gives alone. Long, for each is a small organization. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BranchPolicyFact, RepositoryFact } from "#model/posture/code-facts.ts";
import { policyTypes } from "#model/posture/code-facts.ts";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { CheckFact, ConnectionFact } from "#model/posture/resource-facts.ts";
import { exampleProjectId, factsOfExample, type PostureExample } from "../posture-example.ts";
import { defaultPostureSettings } from "../posture-settings.ts";
import { judgePipelines } from "./judge-pipelines.ts";
import type { JudgedPipeline } from "./judged-pipeline.ts";
import type { PipelineSource } from "./pipeline-source.ts";

const repositoryId = "22222222-1111-4111-8111-111111111111";
const commit = "c0ffee".padEnd(40, "0");

const repository: RepositoryFact = {
  ...{ id: repositoryId, name: "shop", defaultBranch: "refs/heads/main", isDisabled: false, isFork: false, size: 1 },
  url: "https://dev.azure.com/contoso/Payments/_git/shop",
};

const definition: DefinitionFact = {
  ...{ id: 7, name: "shop-ci", folder: "\\", revision: 3, isEnabled: true, kind: "yaml" },
  url: "https://dev.azure.com/contoso/Payments/_build?definitionId=7",
  ...{ yamlPath: "ci/main.yml", jobScope: "project", triggers: [], variables: [], variableGroupIds: [], steps: [] },
  repository: { kind: "azure-repos", id: repositoryId, name: "shop", defaultBranch: "refs/heads/main" },
};

function policy(typeId: string, settings: BranchPolicyFact["settings"]): BranchPolicyFact {
  const scopes = [{ repositoryId, refName: "refs/heads/main", match: "exact" as const }];
  return { id: 12, typeId, typeName: "policy", isEnabled: true, isBlocking: true, scopes, settings };
}

const buildPolicy = policy(policyTypes.build, { buildDefinitionId: 7 });

function connection(name: string, scheme = "ServicePrincipal"): ConnectionFact {
  return {
    ...{ id: `${name}-id`, name, type: "azurerm", url: "https://management.example/", scheme, isReady: true },
    pageUrl: `https://dev.azure.com/contoso/Payments/_settings/adminservices?resourceId=${name}-id`,
    ...{ isShared: false, projectIds: [exampleProjectId], data: { subscriptionName: "Production" }, parameters: {} },
    secretParameters: scheme === "ServicePrincipal" ? ["serviceprincipalkey"] : [],
  };
}

function sourceOf(text: string, more: Partial<PipelineSource> = {}): PipelineSource {
  return {
    ...{
      projectId: exampleProjectId,
      definitionId: 7,
      repositoryId,
      ref: "refs/heads/main",
      commit,
      path: "ci/main.yml",
    },
    files: new Map([["ci/main.yml", text]]),
    others: new Map(),
    ...more,
  };
}

function judge(
  text: string,
  project: Partial<FactValues>,
  { source, ...more }: Omit<PostureExample, "project"> & { readonly source?: Partial<PipelineSource> } = {},
): JudgedPipeline {
  const whole = { repositories: [repository], definitions: [definition], branchPolicies: [], ...project };
  const [first] = judgePipelines(
    factsOfExample({ ...more, project: whole }),
    [sourceOf(text, source)],
    defaultPostureSettings,
  );
  assert.ok(first);
  return first;
}

function answers({ results }: JudgedPipeline): Readonly<Record<string, string>> {
  return Object.fromEntries(
    results.map(({ rule, answer }) => [rule, answer.is === "fail" ? `${answer.is} ${answer.severity}` : answer.is]),
  );
}

const deploys = `trigger: [main]
jobs:
- deployment: ship
  environment: prod
  strategy:
    runOnce:
      deploy:
        steps:
        - task: AzureWebApp@1
          inputs:
            azureSubscription: prod-sub
`;

test("a deployment is reached by a pull request only where a build policy names the pipeline and no check stands before", () => {
  const connections = [connection("prod-sub")];
  const check: CheckFact = {
    ...{ id: 4, kind: "connection", resourceId: "prod-sub-id", isEnabled: true },
    settings: {
      is: "branch-control",
      allowedBranches: ["refs/heads/main"],
      ensuresProtection: true,
      allowsUnknownStatus: false,
    },
  };
  const of = (project: Partial<FactValues>) =>
    answers(judge(deploys, { connections, checks: [], environments: [], ...project }))[
      "cicd/azure-pull-request-deploys"
    ];
  assert.equal(of({}), "pass");
  assert.equal(of({ branchPolicies: [buildPolicy] }), "fail critical");
  assert.equal(of({ branchPolicies: [{ ...buildPolicy, isEnabled: false }] }), "pass");
  assert.equal(of({ branchPolicies: [policy(policyTypes.build, { buildDefinitionId: 8 })] }), "pass");
  assert.equal(of({ branchPolicies: [buildPolicy], checks: [check] }), "pass");
});

test("a failure is proved by the line of the file and by the settings that decided", () => {
  const { results } = judge(deploys, {
    connections: [connection("prod-sub")],
    checks: [],
    branchPolicies: [buildPolicy],
  });
  const answer = results.find(({ rule }) => rule === "cicd/azure-pull-request-deploys")?.answer;
  assert.ok(answer?.is === "fail");
  assert.deepEqual(
    answer.evidence.map(({ what }) => what),
    [
      "ci/main.yml:9: ship/AzureWebApp: AzureWebApp uses a connection, and a pull request starts it; the connection prod-sub has no check that would stop it",
      "connection prod-sub: no approval, branch control or required template",
      "branch policy 12 (build): buildDefinitionId = 7, on refs/heads/main",
    ],
  );
  assert.equal(
    answer.evidence[0]?.url,
    `https://dev.azure.com/contoso/Payments/_git/shop?path=/ci/main.yml&version=GC${commit}&line=9`,
  );
});

test("what is missing is said, never passed over", () => {
  const text = "pool: own\nsteps:\n- checkout: self\n- script: npm test\n  env: { KEY: $(ApiToken) }\n";
  const judged = judgePipelines(
    factsOfExample({ project: { definitions: [definition], repositories: [repository] } }),
    [sourceOf(text)],
    defaultPostureSettings,
  )[0];
  assert.ok(judged);
  assert.equal(judged.exposure.pullRequests, undefined);
  const reasons = judged.results.flatMap(({ rule, answer }) =>
    answer.is === "not-evaluated" ? [[rule, answer.reason]] : [],
  );
  assert.deepEqual(
    reasons.find(([rule]) => rule === "cicd/azure-pull-request-code-with-secrets"),
    ["cicd/azure-pull-request-code-with-secrets", "Whether pull requests start it is not known: Nobody asked."],
  );
  assert.match(judged.gaps.join(" "), /Whether pull requests start it is not known/);
});

test("code that is kept elsewhere leaves every rule of settings without an answer, and says why", () => {
  const github: DefinitionFact = {
    ...definition,
    repository: { kind: "github", id: "contoso/shop", name: "contoso/shop", isPublic: true },
    triggers: [
      {
        ...{ is: "pull-request", branchFilters: ["+main"], isFromYaml: false },
        forks: { enabled: true, allowSecrets: true, allowFullAccessToken: false },
      },
    ],
  };
  const generalSettings = { buildsEnabledForForks: true, enforceNoAccessToSecretsFromForks: false };
  const [judged] = judgePipelines(
    factsOfExample({ project: { definitions: [github], generalSettings } }),
    [],
    defaultPostureSettings,
  );
  assert.ok(judged);
  assert.ok(judged.results.length > 10);
  assert.ok(judged.results.every(({ answer }) => answer.is === "not-evaluated" && answer.reason.includes("GitHub")));
  assert.ok(judged.exposure.pullRequests);
  const { forks } = judged.exposure;
  assert.equal(forks ? forks.withSecrets : forks, true);
});

test("branches that start it are open unless a policy demands somebody else's review", () => {
  const of = (text: string, project: Partial<FactValues>) => {
    const { openBranches } = judge(text, project).exposure;
    return openBranches ? openBranches.patterns : openBranches;
  };
  const steps = "steps:\n- script: make\n";
  const review = policy(policyTypes.minimumReviewers, { minimumApproverCount: 1 });
  const own = policy(policyTypes.minimumReviewers, { minimumApproverCount: 1, creatorVoteCounts: true });
  assert.deepEqual(of(steps, {}), ["*"]);
  assert.deepEqual(of(steps, { generalSettings: { disableImpliedYAMLCiTrigger: true } }), false);
  assert.deepEqual(of(`trigger: none\n${steps}`, {}), false);
  assert.deepEqual(of(`trigger: [main, features/*]\n${steps}`, { branchPolicies: [review] }), ["features/*"]);
  assert.deepEqual(of(`trigger: [main]\n${steps}`, { branchPolicies: [own] }), ["main"]);
  const overridden: DefinitionFact = {
    ...definition,
    triggers: [{ is: "ci", branchFilters: ["+refs/heads/dev"], isFromYaml: false }],
  };
  assert.deepEqual(of(`trigger: none\n${steps}`, { definitions: [overridden] }), ["refs/heads/dev"]);
});

test("uses are found by name, through variables and choices, and are as sure as settings make them", () => {
  const text = `parameters:
- { name: stage, type: string, values: [dev, prod], default: dev }
variables:
- group: settings
- { name: sub, value: "\${{ parameters.stage }}-sub" }
stages:
- stage: Ship
  jobs:
  - job: a
    pool: own
    steps:
    - task: AzureCLI@2
      inputs: { azureSubscription: $(sub) }
`;
  const { uses } = judge(text, {
    connections: [connection("dev-sub"), connection("prod-sub")],
    queues: [{ id: 3, name: "Own", poolId: 5 }],
    variableGroups: [{ id: 9, name: "Settings", url: "u", isShared: false, projectIds: [], variables: [] }],
    pipelinePermissions: [
      { kind: "connection", id: "dev-sub-id", allPipelines: false, definitionIds: [7] },
      { kind: "queue", id: "3", allPipelines: true, definitionIds: [] },
    ],
    connectionUses: [{ connectionId: "dev-sub-id", uses: [{ definitionId: 7 }] }],
  });
  assert.deepEqual(
    uses.map(({ kind, id, job, certainty }) => [kind, id, job, certainty]),
    [
      ["variable-group", "9", undefined, "possible"],
      ["queue", "3", "Ship/a", "authorised"],
      ["connection", "dev-sub-id", "Ship/a", "run"],
    ],
  );
});

test("templates of other repositories take part, with the address of their lines", () => {
  const text = `resources:
  repositories:
  - { repository: shared, name: Tools/templates, ref: refs/tags/v1 }
steps:
- template: build.yml@shared
- checkout: self
`;
  const tools: RepositoryFact = { ...repository, id: "33333333-1111-4111-8111-111111111111", name: "templates" };
  const other = "d".repeat(40);
  const judged = judge(
    text,
    { variableGroups: [] },
    {
      others: { Tools: { repositories: [tools] } },
      source: {
        others: new Map([
          [
            "shared",
            {
              ...{ name: "Tools/templates", ref: "refs/tags/v1", commit: other },
              files: new Map([["build.yml", "steps:\n- script: echo $(Build.SourceBranchName)\n"]]),
            },
          ],
        ]),
      },
    },
  );
  assert.deepEqual(
    judged.gaps.filter((gap) => gap.includes("template")),
    [],
  );
  assert.deepEqual(
    judged.injections.map(({ by, evidence }) => [by, evidence.url]),
    [
      [
        "whoever-pushes",
        `https://dev.azure.com/contoso/Tools/_git/templates?path=/build.yml&version=GC${other}&line=2`,
      ],
    ],
  );
  const template = judged.items.find(({ kind }) => kind === "template");
  assert.deepEqual(
    [template?.name, template?.version, template?.from, template?.isMutable],
    ["Tools/templates/build.yml", other, "refs/tags/v1", true],
  );
});

test("a variable that whoever queues may set reaches a script, and is told once a rule on files cannot see it", () => {
  const variables = [{ name: "Target", isSecret: false, allowOverride: true }];
  const { injections, results } = judge(
    "trigger: none\nsteps:\n- script: ./deploy $(target)\n- task: AzureCLI@2\n  inputs: { azureSubscription: $(target) }\n",
    { definitions: [{ ...definition, variables }] },
  );
  assert.deepEqual(
    injections.map(({ by }) => by),
    ["whoever-queues"],
  );
  assert.equal(results.find(({ rule }) => rule === "cicd/azure-connection-chosen-by-input")?.answer.is, "fail");
});

test("an artifact of another pipeline is trusted only where that one runs what was reviewed", () => {
  const text =
    "trigger: none\nresources:\n  pipelines:\n  - { pipeline: up, source: shop-build }\nsteps:\n- download: up\n- script: ./up/install.sh\n";
  const upstream: DefinitionFact = { ...definition, id: 8, name: "shop-build" };
  const of = (trigger: string) => {
    const facts = factsOfExample({
      project: { repositories: [repository], definitions: [definition, upstream], branchPolicies: [] },
    });
    const sources = [sourceOf(text), { ...sourceOf(`trigger: ${trigger}\nsteps:\n- script: make\n`), definitionId: 8 }];
    const [first] = judgePipelines(facts, sources, defaultPostureSettings);
    assert.ok(first);
    return answers(first)["cicd/azure-artifact-of-any-run"];
  };
  // The file alone says that it is wrong; only the other pipeline's settings say that it is not.
  assert.equal(of("none"), "pass");
  assert.equal(of("['*']"), undefined);
});

test("a file that looks like a template is taken for what its definition starts", () => {
  const text = `parameters:\n- name: to\nsteps:\n- script: ./deploy \${{ parameters.to }}\n`;
  assert.equal(answers(judge(text, {}))["cicd/azure-free-parameter-in-script"], "fail medium");
  assert.equal(answers(judge(`trigger: none\n${text}`, {}))["cicd/azure-free-parameter-in-script"], undefined);
});

test("hostile names do no harm", () => {
  const text =
    "variables:\n- group: constructor\npool: __proto__\njobs:\n- deployment: toString\n  environment: hasOwnProperty\n  strategy: { runOnce: { deploy: { steps: [{ script: npm test $(constructor) }] } } }\n";
  const judged = judge(text, {
    ...{ branchPolicies: [buildPolicy], checks: [], queues: [], variableGroups: [] },
    definitions: [{ ...definition, name: "__proto__" }],
  });
  assert.ok(
    judged.results.every(({ answer }) => answer.is !== "not-evaluated" || !answer.reason.includes("rule failed")),
  );
});
