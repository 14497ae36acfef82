/** A small organization for tests of paths: contributors, one repository, one pipeline, one cloud. Each test changes what it is about. */
import type { AccessFacts, AccessSpace, PeopleFacts } from "#model/posture/access-facts.ts";
import type { AttackPath } from "#model/posture/attack-path.ts";
import { type BranchPolicyFact, policyTypes, type RepositoryFact } from "#model/posture/code-facts.ts";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import { exampleDefinition, examplePipeline, exampleRepositoryId, exampleUser } from "../../example-facts.ts";
import { exampleProjectId, exampleTime, factsOfExample, type PostureExample } from "../../posture-example.ts";
import { defaultPostureSettings } from "../../posture-settings.ts";
import {
  exampleConnectionId,
  exampleKeyConnection,
  examplePeople,
  examplePermission,
} from "../../resource-examples.ts";
import { type AttackPaths, findAttackPaths } from "../find-attack-paths.ts";

export const contributors = "vssgp.Contributors";

export function repository(change: Partial<RepositoryFact> = {}): RepositoryFact {
  return {
    id: exampleRepositoryId,
    name: "payments",
    defaultBranch: "refs/heads/main",
    isDisabled: false,
    isFork: false,
    size: 1,
    url: "https://dev.azure.com/contoso/Payments/_git/payments",
    ...change,
  };
}

export function policy(
  type: keyof typeof policyTypes,
  settings: BranchPolicyFact["settings"],
  scope: BranchPolicyFact["scopes"][number] = {
    repositoryId: exampleRepositoryId,
    refName: "refs/heads/main",
    match: "exact",
  },
): BranchPolicyFact {
  const always = { typeId: policyTypes[type], typeName: type, isEnabled: true, isBlocking: true };
  return { id: 12, ...always, scopes: [scope], settings };
}

/** Somebody else has to look at every change. */
export const reviewed = policy("minimumReviewers", {
  minimumApproverCount: 1,
  creatorVoteCounts: false,
  blockLastPusherVote: true,
  resetOnSourcePush: true,
});

const gitActions = {
  GenericContribute: 4,
  CreateBranch: 16,
  PolicyExempt: 128,
  EditPolicies: 2048,
  PullRequestContribute: 16384,
  PullRequestBypassPolicy: 32768,
};
const buildActions = { QueueBuilds: 128, EditBuildDefinition: 2048, CreateBuildDefinition: 65536 };

interface Grant {
  readonly subject: string;
  readonly git?: readonly (keyof typeof gitActions)[];
  readonly build?: readonly (keyof typeof buildActions)[];
}

export const usualGrant: Grant = {
  subject: contributors,
  git: ["GenericContribute", "CreateBranch", "PullRequestContribute"],
  build: ["QueueBuilds", "EditBuildDefinition", "CreateBuildDefinition"],
};

export function access(grants: readonly Grant[] = [usualGrant], projectId: string = exampleProjectId): AccessFacts {
  const nothing: AccessSpace = { actions: {}, lists: [] };
  return {
    git: space(
      gitActions,
      `repoV2/${projectId}`,
      grants.map(({ subject, git = [] }) => ({ subject, names: git })),
    ),
    build: space(
      buildActions,
      projectId,
      grants.map(({ subject, build = [] }) => ({ subject, names: build })),
    ),
    taskGroups: nothing,
    releases: nothing,
  };
}

function space<Name extends string>(
  actions: Readonly<Record<Name, number>>,
  token: string,
  grants: readonly { readonly subject: string; readonly names: readonly Name[] }[],
): AccessSpace {
  const entries = grants.map(({ subject, names }) => ({
    subject,
    name: subject.slice(subject.indexOf(".") + 1),
    allow: names.reduce((all, name) => all | actions[name], 0),
    deny: 0,
  }));
  return { actions, lists: [{ token, inherits: true, entries }] };
}

export const people: PeopleFacts = examplePeople(
  { Contributors: [exampleUser("ada"), exampleUser("bob")], Readers: [exampleUser("eve")] },
  exampleProjectId,
);

export const cloud = exampleKeyConnection({
  name: "azure-prod",
  scheme: "WorkloadIdentityFederation",
  data: { scopeLevel: "Subscription", subscriptionId: "s1", subscriptionName: "Production" },
});

export const definition = exampleDefinition({
  name: "payments",
  triggers: [{ is: "ci", branchFilters: [], isFromYaml: true }],
});

/** Contributors push branches; a push runs the pipeline; every pipeline may use the connection; nothing guards it. */
export const classicProject: Partial<FactValues> = {
  repositories: [repository()],
  branchPolicies: [reviewed],
  generalSettings: { enforceJobAuthScope: true, disableClassicPipelineCreation: true },
  definitions: [definition],
  runs: [],
  pipelinePermissions: [examplePermission("connection", exampleConnectionId, true)],
  checks: [],
  environments: [],
  connections: [cloud],
  connectionUses: [],
  variableGroups: [],
  secureFiles: [],
  queues: [],
  resourceRoles: [],
  access: access(),
};

export const usesCloud = {
  kind: "connection",
  id: exampleConnectionId,
  name: "azure-prod",
  certainty: "authorised",
  evidence: { what: "azure-pipelines.yml:14" },
} as const;

export const deploying = examplePipeline({ definition, uses: [usesCloud] });

export function classic(project: Partial<FactValues> = {}, more: Partial<PostureExample> = {}): PostureExample {
  return {
    organization: { people, pools: [], feeds: [] },
    project: { ...classicProject, ...project },
    pipelines: [deploying],
    ...more,
  };
}

export function run(id: number, branch: string, change: Partial<RunFact> = {}): RunFact {
  return {
    id,
    definitionId: 7,
    number: `2026.${id}`,
    url: `https://dev.azure.com/contoso/Payments/_build/results?buildId=${id}`,
    reason: "individualCI",
    result: "succeeded",
    branch,
    queuedAt: "2026-02-25T12:00:00Z",
    given: [],
    ...change,
  };
}

export function pathsOf(example: PostureExample): AttackPaths {
  return findAttackPaths(factsOfExample(example), {
    settings: { ...defaultPostureSettings, ...example.settings },
    now: new Date(exampleTime),
    pipelines: example.pipelines ?? [],
  });
}

/** `Contributors of Payments > subscription Production`. */
export function endsOf({ paths }: AttackPaths): readonly string[] {
  return paths.map(({ entry, target }) => `${entry.name} > ${target.name}`).toSorted();
}

export function toCloud({ paths }: AttackPaths, entry = "Contributors of Payments"): AttackPath | undefined {
  return paths.find((path) => path.entry.name === entry && path.target.kind === "cloud");
}
