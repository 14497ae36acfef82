import assert from "node:assert/strict";
import { test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import { list, refused, scripted } from "./testing/scripted-collectors.ts";

test("releases: stages, approvals and branches as the service nests them", async (t) => {
  const { read } = await scripted(t, {
    "release/definitions/7": () => ({
      id: 7,
      name: "Storefront",
      variables: {
        A: { value: "hunter2" },
        B: { value: null, isSecret: true },
        C: null,
        D: { value: "12", allowOverride: true },
      },
      variableGroups: [3],
      artifacts: [
        { alias: "_app", type: "Build", definitionReference: { definition: { id: "12", name: "app" } } },
        null,
      ],
      triggers: [
        {
          triggerType: "artifactSource",
          artifactAlias: "_app",
          triggerConditions: [{ sourceBranch: "main" }, { useBuildDefinitionBranch: true }],
        },
        { triggerType: "artifactSource", artifactAlias: "_other", triggerConditions: null },
        { triggerType: "pullRequest", artifactAlias: "_app", triggerConditions: [{ targetBranch: "refs/heads/main" }] },
        { triggerType: "containerImage", alias: "_image", tagFilters: [{ pattern: "^v" }] },
        { triggerType: "schedule" },
      ],
      environments: [
        {
          id: 1,
          name: "Production",
          rank: 2,
          environmentOptions: { pullRequestDeploymentEnabled: true },
          variableGroups: [3, 4],
          preDeployApprovals: {
            approvals: [{ isAutomated: false, approver: { displayName: "Grace" } }],
            approvalOptions: {
              requiredApproverCount: 1,
              releaseCreatorCanBeApprover: false,
              autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped: true,
            },
          },
          conditions: [
            { conditionType: "artifact", name: "_app", value: '{"sourceBranch":"release/*"}' },
            { conditionType: "artifact", name: "_app", value: "no json" },
            { conditionType: "event", name: "ReleaseStarted", value: "" },
          ],
          deployPhases: [
            {
              deploymentInput: { queueId: 9, enableAccessToken: true },
              workflowTasks: [
                {
                  taskId: "E213FF0F-5d5c-4791-802d-52ea3e7be1f1",
                  version: "2.*",
                  name: "Run",
                  enabled: false,
                  definitionType: "task",
                  inputs: { script: "echo hunter2" },
                },
              ],
            },
            null,
          ],
        },
        { id: 2, preDeployApprovals: null, deployPhases: null },
      ],
    }),
    "release/definitions/8": () => ({
      status: 404,
      body: { message: "gone", typeKey: "ReleaseDefinitionNotFoundException" },
    }),
    "release/definitions?": (url) => {
      const isFirst = url.searchParams.get("continuationToken") === null;
      const headers = isFirst ? { "x-ms-continuationtoken": "8" } : {};
      return { status: 200, headers, body: list({ id: isFirst ? 7 : 8, name: "Storefront" }) };
    },
  });
  const releases = await read("releases");
  assert.equal(releases.length, 1);
  const [{ stages, ...release }] = releases as [FactValues["releases"][0]];
  assert.deepEqual(release, {
    id: 7,
    name: "Storefront",
    url: "https://dev.azure.com/contoso/Payments/_release?definitionId=7&_a=releases",
    variables: [
      { name: "A", isSecret: false, allowOverride: false, looksSecret: { rule: "secrets/password", masked: "A" } },
      { name: "B", isSecret: true, allowOverride: false },
      { name: "C", isSecret: false, allowOverride: false },
      { name: "D", isSecret: false, allowOverride: true, plain: "12" },
    ],
    variableGroupIds: [3, 4],
    artifacts: [{ alias: "_app", type: "Build", definitionId: "12" }],
    triggers: [
      { alias: "_app", branchFilters: ["main", "the default branch of the pipeline"] },
      { alias: "_other", branchFilters: [] },
      { alias: "_app", branchFilters: ["refs/heads/main"], isOfPullRequests: true },
    ],
  });
  const [production, bare] = stages;
  assert.deepEqual(
    [
      production?.approvers,
      production?.requiredApprovers,
      production?.creatorMayApprove,
      production?.skipsApprovalIfSameApprover,
      production?.takesPullRequests,
    ],
    [["Grace"], 1, false, true, true],
  );
  assert.deepEqual([bare?.isApprovalAutomatic, bare?.creatorMayApprove, bare?.phases], [true, true, []]);
  assert.deepEqual(production?.artifactBranches, ["release/*"]);
  assert.deepEqual(production?.phases, [
    {
      queueId: 9,
      tokenForScripts: true,
      steps: [
        {
          name: "Run",
          taskId: "e213ff0f-5d5c-4791-802d-52ea3e7be1f1",
          version: "2.*",
          isTaskGroup: false,
          isEnabled: false,
          inputs: [{ name: "script", looksSecret: { rule: "secrets/password", masked: "script" } }],
        },
      ],
    },
  ]);
});

test("uses of a connection: newest first, and numbers of releases are no pipelines", async (t) => {
  const use = (id: number, finishTime: string | null, planType = "Build") => ({
    endpointId: "c",
    data: {
      planType,
      finishTime,
      startTime: "2026-01-01T00:00:00",
      definition: { id, name: `d${id}` },
      owner: { id: id * 10 },
    },
  });
  const { read, requests } = await scripted(t, {
    executionhistory: () =>
      list(use(1, "2026-01-02T00:00:00Z"), use(2, null), use(3, "2026-01-03T00:00:00.1234567Z", "Release")),
  });
  const connections = [{ id: "c" }] as unknown as FactValues["connections"];
  assert.deepEqual(await read("connectionUses", { connections }), [
    {
      connectionId: "c",
      uses: [
        { definitionName: "d3", at: "2026-01-03T00:00:00.123Z" },
        { definitionName: "d1", definitionId: 1, runId: 10, at: "2026-01-02T00:00:00.000Z" },
        { definitionName: "d2", definitionId: 2, runId: 20, at: "2026-01-01T00:00:00.000Z" },
      ],
    },
  ]);
  assert.match(requests[0]?.url ?? "", /executionhistory\?top=50$/);
});

test("feeds: whether versions from outside are let in is asked of packages that could be confused, and of no others", async (t) => {
  const version = (source?: string) => ({
    version: "1",
    ...(source !== undefined && { directUpstreamSourceId: source }),
  });
  const one = (name: string, protocolType: string, ...versions: readonly unknown[]) => ({
    name,
    normalizedName: name,
    protocolType,
    versions,
  });
  const { read, requests } = await scripted(t, {
    "/npm/packages/@contoso/ui/upstreaming": () => ({ versionsFromExternalUpstreams: "allowExternalVersions" }),
    "/npm/packages/tool/upstreaming": () => ({ versionsFromExternalUpstreams: "auto" }),
    "/npm/packages/odd/upstreaming": () => refused,
    "/feed/packages": () => undefined,
    "/feeds/f/packages": () =>
      list(
        one("@contoso/ui", "Npm", version("00000000-0000-0000-0000-000000000000"), version("u")),
        one("tool", "Npm", version()),
        one("odd", "Npm", version()),
        one("left-pad", "Npm", version("u")),
        one("Contoso.Core", "NuGet", version()),
        one("broken", "Npm"),
      ),
    "/feeds/f/permissions": () =>
      list(
        {
          role: "contributor",
          identityDescriptor: { identityType: "Microsoft.TeamFoundation.Identity", identifier: "S-1-9-1" },
          displayName: null,
        },
        { role: "reader", identityDescriptor: null, displayName: "Nobody" },
      ),
    "packaging/feeds": (url) =>
      url.pathname.includes("00000000a")
        ? list()
        : list({
            id: "F",
            name: "all",
            upstreamSources: [
              { name: "npmjs", protocol: "npm", upstreamSourceType: "public" },
              { name: "gone", protocol: "nuget", upstreamSourceType: "public", deletedDate: "2026-01-01T00:00:00Z" },
              { name: "own", protocol: "nuget", upstreamSourceType: "internal" },
            ],
          }),
    identities: () => list(null),
  });
  const people = { users: [], groups: [], members: {} };
  const [feed] = await read("feeds", { people });
  assert.deepEqual(feed, {
    id: "f",
    upstreams: [
      { name: "npmjs", protocol: "npm", isPublic: true },
      { name: "own", protocol: "nuget", isPublic: false },
    ],
    name: "all",
    url: "https://dev.azure.com/contoso/_artifacts/feed/all",
    permissions: [
      {
        subject: "Microsoft.TeamFoundation.Identity;S-1-9-1",
        name: "Microsoft.TeamFoundation.Identity;S-1-9-1",
        role: "contributor",
      },
      { subject: "", name: "Nobody", role: "reader" },
    ],
    packages: [
      { name: "@contoso/ui", protocol: "npm", isInternal: true, externalVersions: "allowed" },
      { name: "tool", protocol: "npm", isInternal: true, externalVersions: "auto" },
      { name: "odd", protocol: "npm", isInternal: true },
      { name: "left-pad", protocol: "npm", isInternal: false },
      { name: "contoso.core", protocol: "nuget", isInternal: true },
      { name: "broken", protocol: "npm", isInternal: false },
    ].map((one) => (one.name === "contoso.core" ? { ...one, name: "Contoso.Core" } : one)),
    isCut: false,
  });
  assert.equal(requests.filter(({ url }) => url.includes("/upstreaming")).length, 3);
});
