/** What settings say about who starts a pipeline and what it may do, each with the field that proves it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccessSpace } from "#model/posture/access-facts.ts";
import { policyTypes } from "#model/posture/code-facts.ts";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { FactName } from "../../cicd/azure/pipeline-facts.ts";
import { exampleProjectId, factsOfExample } from "../posture-example.ts";
import { defaultPostureSettings } from "../posture-settings.ts";
import type { Definition } from "./read-code.ts";
import { resourceFactsOf } from "./resource-facts.ts";
import { startFactsOf } from "./start-facts.ts";

const definition: DefinitionFact = {
  ...{ id: 7, name: "ci", folder: "\\", revision: 1, url: "u", isEnabled: true, kind: "yaml", jobScope: "project" },
  ...{ triggers: [], variables: [], variableGroupIds: [], steps: [], queueId: 3 },
  repository: { kind: "azure-repos", id: "r1", name: "app", defaultBranch: "refs/heads/main" },
};
const empty: AccessSpace = { actions: {}, lists: [] };
const actions = { GenericContribute: 4, CreateBranch: 16, PullRequestBypassPolicy: 32768 };
const buildActions = { QueueBuilds: 128, EditBuildDefinition: 2048 };

function access(
  git: AccessSpace["lists"][number]["entries"],
  build: AccessSpace["lists"][number]["entries"] = [],
): FactValues["access"] {
  return {
    git: { actions, lists: [{ token: `repoV2/${exampleProjectId}`, inherits: true, entries: git }] },
    build: { actions: buildActions, lists: [{ token: exampleProjectId, inherits: true, entries: build }] },
    ...{ taskGroups: empty, releases: empty },
  };
}

const allowed = (name: string, allow: number) => ({ subject: `vssgp.${name}`, name, allow, deny: 0 });

interface Case {
  readonly says: string;
  readonly fact: FactName;
  readonly project: Partial<FactValues>;
  readonly organization?: Partial<FactValues>;
  readonly definition?: Partial<DefinitionFact>;
  readonly expected: unknown;
  readonly proof?: string;
}

const forkTrigger: DefinitionFact["triggers"] = [
  {
    ...{ is: "pull-request", branchFilters: ["+main"], isFromYaml: true },
    forks: { enabled: true, allowSecrets: true, allowFullAccessToken: false },
  },
];
const github: DefinitionFact["repository"] = { kind: "github", id: "c/a", name: "c/a" };

const cases: readonly Case[] = [
  {
    says: "a definition gives secrets to forks, and the project does not hold it back",
    fact: "forks",
    definition: { triggers: forkTrigger, repository: github },
    project: { generalSettings: { buildsEnabledForForks: true, enforceNoAccessToSecretsFromForks: false } },
    expected: "with-secrets",
    proof: "generalsettings: enforceNoAccessToSecretsFromForks = false",
  },
  {
    says: "the project holds secrets back whatever the definition says",
    fact: "forks",
    definition: { triggers: forkTrigger, repository: github },
    project: { generalSettings: { buildsEnabledForForks: true, enforceNoAccessToSecretsFromForks: true } },
    expected: "without-secrets",
  },
  {
    says: "the project builds no forks",
    fact: "forks",
    definition: { triggers: forkTrigger, repository: github },
    project: { generalSettings: { buildsEnabledForForks: false } },
    expected: "none",
  },
  {
    says: "the file decides about pull requests of GitHub, unless the definition does",
    fact: "pullRequestTrigger",
    definition: { triggers: forkTrigger, repository: github },
    project: {},
    expected: undefined,
  },
  {
    says: "the build identity may push and pass policies by",
    fact: "buildIdentity",
    project: { access: access([allowed("Payments Build Service (contoso)", 4 | 32768)]) },
    expected: { contributes: true, bypassesPolicies: true },
    proof:
      "permissions on app: Payments Build Service (contoso) is allowed GenericContribute, and may pass policies by",
  },
  {
    says: "people may queue who may neither edit nor push",
    fact: "isQueuedByOthers",
    project: { access: access([allowed("Contributors", 4)], [allowed("Contributors", 128), allowed("Testers", 128)]) },
    expected: true,
    proof: `permissions on ${exampleProjectId}: Testers is allowed QueueBuilds (128)`,
  },
  {
    says: "whoever may queue may push anyway",
    fact: "isQueuedByOthers",
    project: { access: access([allowed("Contributors", 4)], [allowed("Contributors", 128)]) },
    expected: false,
  },
  {
    says: "only administrators queue",
    fact: "isQueuedByAdministratorsOnly",
    project: { access: access([], [allowed("Build Administrators", 128)]) },
    expected: true,
  },
  {
    says: "nobody but administrators makes branches",
    fact: "canCreateBranches",
    project: { access: access([allowed("Project Administrators", 16)]) },
    expected: false,
  },
  {
    says: "where a project does not limit them, every variable that is no secret may be set",
    fact: "queueVariables",
    definition: {
      variables: [
        { name: "Open", isSecret: false, allowOverride: false },
        { name: "Key", isSecret: true, allowOverride: false },
      ],
    },
    project: { generalSettings: { enforceSettableVar: false } },
    expected: ["open"],
  },
  {
    says: "the organization limits them for all projects",
    fact: "queueVariables",
    definition: { variables: [{ name: "Open", isSecret: false, allowOverride: false }] },
    project: { generalSettings: { enforceSettableVar: false } },
    organization: { organizationPipelines: { enforceSettableVar: true } },
    expected: [],
  },
  {
    says: "jobs without a pool run on that of the definition",
    fact: "defaultPool",
    project: { queues: [{ id: 3, name: "Own", poolId: 1 }] },
    expected: "Own",
    proof: "definition 7: queue = Own",
  },
  {
    says: "a review of everybody's branches by policy on folders, the default branch and all",
    fact: "reviewedBranches",
    project: {
      branchPolicies: [
        {
          ...{ id: 1, typeId: policyTypes.minimumReviewers, typeName: "Reviewers", isEnabled: true, isBlocking: true },
          scopes: [
            { repositoryId: "R1", refName: "refs/heads/release", match: "prefix" },
            { match: "default-branch" },
            { repositoryId: "other", match: "prefix" },
          ],
          settings: { minimumApproverCount: 2 },
        },
      ],
    },
    expected: ["release/*", "main"],
    proof: "branch policy 1 (Reviewers)",
  },
];

for (const { says, fact, project, organization, definition: more, expected, proof } of cases) {
  test(`${fact}: ${says}`, () => {
    const repositories = [
      { id: "r1", name: "app", defaultBranch: "refs/heads/main", isDisabled: false, isFork: false, size: 1, url: "u" },
    ];
    const facts = factsOfExample({ project: { repositories, ...project }, ...(organization && { organization }) });
    const [own] = facts.projects;
    assert.ok(own);
    const given: Definition = { organization: facts, project: own, definition: { ...definition, ...more } };
    const starts = startFactsOf(given);
    const resources = resourceFactsOf(given, { groupNames: new Set(), uses: [], settings: defaultPostureSettings });
    assert.deepEqual({ ...starts.facts, ...resources.facts }[fact], expected);
    const said = [...(starts.evidence.get(fact) ?? []), ...(resources.evidence.get(fact) ?? [])];
    if (proof !== undefined) assert.equal(said[0]?.what, proof);
  });
}
