import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { type TestContext, test } from "node:test";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { FactValues } from "#model/posture/organization-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type ScriptedAnswer, scriptedService } from "../testing/scripted-service.ts";
import type { CollectingProject } from "./collector.ts";
import { collectorsOfOrganization } from "./collectors-of-organization.ts";

type Answer = (url: URL, request: IncomingMessage) => unknown;

/** Answers by the first part of an address that fits; what is an answer of its own has a status. */
async function scripted(t: TestContext, answers: Readonly<Record<string, Answer>>) {
  const { client, requests, now } = await scriptedService(t, (request) => {
    const url = new URL(request.url ?? "", "http://scripted.example");
    const [, answer] = Object.entries(answers).find(([part]) => `${url.pathname}${url.search}`.includes(part)) ?? [];
    const body = answer?.(url, request);
    if (body === undefined) return { status: 404, body: "no controller" };
    return typeof body === "object" && body !== null && "status" in body && "body" in body
      ? (body as ScriptedAnswer)
      : { body };
  });
  const project = { id: "00000000-0000-0000-0000-00000000000a" as ProjectId, name: "Payments" };
  const given: CollectingProject = {
    organization: { id: "o" as OrganizationId, name: "contoso", url: "https://dev.azure.com/contoso" },
    projects: [project],
    project,
    known: {},
    lookAt: (name, value) => (value.includes("hunter") ? { rule: "secrets/password", masked: name } : undefined),
    now,
    signal: new AbortController().signal,
  };
  const read = async <Key extends FactKey>(key: Key, known: Partial<FactValues> = {}): Promise<FactValues[Key]> => {
    const collector = collectorsOfOrganization.find((one) => one.key === key);
    assert.ok(collector);
    return (await collector.read(client, { ...given, known })) as FactValues[Key];
  };
  return { read, requests, now };
}

const list = (...value: readonly unknown[]) => ({ count: value.length, value });
const refused = { status: 403, body: { message: "TF400813: no", typeKey: "AccessCheckException" } };
const subject = (kind: string, text: string) => `${kind}.${Buffer.from(text).toString("base64url")}`;

test("what is no answer is an error, and never nothing", async (t) => {
  const cases: readonly (readonly [FactKey, unknown])[] = [
    ["connections", {}],
    ["connections", list({ name: "no id" })],
    ["variableGroups", { value: null }],
    ["secureFiles", list(null)],
    ["taskGroups", list({ id: "1" })],
    ["releases", "text"],
    ["people", { members: [] }],
    ["entitlements", { members: null }],
    ["feeds", null],
    ["extensions", list({ publisherId: "p" })],
    ["tasks", {}],
    ["hooks", list({})],
    ["auditEvents", { decoratedAuditLogEntries: null, hasMore: false }],
    ["auditStreams", {}],
    ["access", {}],
    ["organizationPolicies", { dataProviders: {} }],
    ["organizationPolicies", { dataProviders: { "ms.vss-admin-web.organization-policies-data-provider": {} } }],
    ["organizationPipelines", { dataProviders: { "ms.vss-build-web.pipelines-org-settings-data-provider": {} } }],
    ["organizationPipelines", []],
  ];
  for (const [key, body] of cases) {
    const { read } = await scripted(t, { "": () => ({ status: 200, body: body ?? "null" }) });
    await assert.rejects(read(key), { name: "RemoteError", code: "unexpected" }, `${key}: ${JSON.stringify(body)}`);
  }
});

test("a list that breaks off in the middle is no list", async (t) => {
  const broken: Answer = (url) => {
    if (url.searchParams.has("continuationToken")) return { status: 500, body: { message: "It rains." } };
    return {
      status: 200,
      headers: { "x-ms-continuationtoken": "2" },
      body: { value: [], members: [], decoratedAuditLogEntries: [], hasMore: true, continuationToken: "2" },
    };
  };
  const keys = ["variableGroups", "taskGroups", "releases", "people", "entitlements", "auditEvents"] as const;
  for (const key of keys) {
    const { read } = await scripted(t, { "": broken });
    await assert.rejects(read(key), { code: "unavailable" }, key);
  }
});

test("who may not read is told so, with one call", async (t) => {
  const known = {
    people: { users: Array.from({ length: 40 }, (_, at) => user(`u${at}`)), groups: [], members: {} },
    connections: Array.from({ length: 40 }, (_, at) => ({ id: `c${at}` })),
  } as unknown as Partial<FactValues>;
  for (const key of ["connectionUses", "resourceRoles", "accessTokens", "hooks", "releases"] as const) {
    const { read, requests } = await scripted(t, { "": () => refused });
    await assert.rejects(read(key, known), { code: "forbidden" }, key);
    assert.equal(requests.length, 1, key);
  }
});

function user(name: string) {
  return { descriptor: subject("aad", name), name, kind: "member", isDeletedInOrigin: false } as const;
}

test("people: pages that are short, build identities, guests, and lists of members in two languages", async (t) => {
  const tenant = "99999999-0000-0000-0000-000000000000";
  const host = "11111111-0000-0000-0000-000000000000";
  const project = "00000000-0000-0000-0000-00000000000a";
  const admins = subject("vssgp", "S-1-9-1");
  const nested = subject("vssgp", "S-1-9-2");
  const builds = subject("svc", `${host}:Build:${project}`);
  const pages: Readonly<Record<string, readonly unknown[]>> = {
    first: [
      {
        descriptor: subject("aad", "a"),
        displayName: "Ada",
        domain: tenant,
        principalName: "ada@x",
        metaType: "member",
      },
    ],
    second: [],
    third: [
      {
        descriptor: subject("aad", "g"),
        displayName: null,
        principalName: "guest@y",
        metaType: "guest",
        isDeletedInOrigin: true,
      },
      { descriptor: builds, displayName: "Payments Build Service (contoso)", domain: "Build", principalName: project },
      {
        descriptor: subject("svc", `${host}:Build:${host}`),
        displayName: "Project Collection Build Service (contoso)",
      },
      { descriptor: subject("svc", `${host}:AgentPool:1`), displayName: "Agent Pool Service (1)" },
    ],
  };
  const next: Readonly<Record<string, string>> = { first: "second", second: "third" };
  const { read, requests } = await scripted(t, {
    "graph/users": (url) => {
      const page = url.searchParams.get("continuationToken") ?? "first";
      const token = next[page];
      return {
        status: 200,
        body: list(...(pages[page] ?? [])),
        headers: token ? { "x-ms-continuationtoken": token } : {},
      };
    },
    "graph/groups": () =>
      list(
        {
          descriptor: admins,
          principalName: "[Payments]\\Project Administrators",
          origin: "vsts",
          originId: host,
          domain: `vstfs:///Classification/TeamProject/${project}`,
        },
        {
          descriptor: nested,
          principalName: "[contoso]\\Nested",
          displayName: "Nested",
          origin: "vsts",
          originId: "none",
        },
        { descriptor: subject("aadgp", "S-1-9-3"), principalName: "[TEAM FOUNDATION]\\Everyone", origin: "aad" },
      ),
    "identities?identityIds": () =>
      list(
        null,
        {
          subjectDescriptor: admins,
          members: [
            `Microsoft.IdentityModel.Claims.ClaimsIdentity;${tenant}\\ADA@x`,
            { identityType: "Microsoft.TeamFoundation.Identity", identifier: "S-1-9-2" },
            `Microsoft.TeamFoundation.ServiceIdentity;${host}:Build:${project}`,
            subject("aad", "g"),
            null,
          ],
        },
        { subjectDescriptor: "somebody else's", members: ["x"] },
      ),
    "graph/memberships": () => list({ memberDescriptor: subject("aad", "a"), containerDescriptor: nested }),
  });
  const { users, groups, members } = await read("people");
  assert.deepEqual(
    users.map(({ name, kind, buildsFor, isDeletedInOrigin }) => [name, kind, buildsFor, isDeletedInOrigin]),
    [
      ["Ada", "member", undefined, false],
      ["guest@y", "guest", undefined, true],
      ["Payments Build Service (contoso)", "build-identity", project, false],
      ["Project Collection Build Service (contoso)", "build-identity", "organization", false],
      ["Agent Pool Service (1)", "other", undefined, false],
    ],
  );
  assert.deepEqual(
    groups.map(({ name, projectId, isFromEntra }) => [name, projectId, isFromEntra]),
    [
      ["Project Administrators", project, false],
      ["Nested", undefined, false],
      ["Everyone", undefined, true],
    ],
  );
  assert.deepEqual(members, {
    [nested]: [subject("aad", "a")],
    [admins]: [subject("aad", "a"), nested, builds, subject("aad", "g")],
  });
  // No principals here; nobody had to be asked for who is known.
  assert.equal(requests.length, 3 + 1 + 1 + 1 + 1);
});

test("where identities may not be read, members come group by group, and permissions keep who is not known", async (t) => {
  const group = subject("vssgp", "S-1-9-1");
  const { read } = await scripted(t, {
    identities: () => refused,
    "graph/memberships": () => list({ memberDescriptor: subject("aad", "a") }),
    "graph/users": () => list(),
    "graph/groups": () =>
      list({
        descriptor: group,
        displayName: "Team",
        principalName: "[P]\\Team",
        origin: "vsts",
        originId: "00000000-0000-0000-0000-000000000001",
      }),
    securitynamespaces: () =>
      list(
        {
          namespaceId: "33344D9C-fc72-4d6f-aba5-fa317101a7e9",
          actions: [{ bit: "128", name: "QueueBuilds" }, { bit: 1 }, null],
        },
        { namespaceId: "f6a4de49-dbe2-4704-86dc-f8ec1a294436", actions: null },
      ),
    accesscontrollists: () =>
      list({
        token: "t",
        acesDictionary: {
          one: { descriptor: "Microsoft.TeamFoundation.Identity;S-1-9-1", allow: 128 },
          two: { descriptor: "Microsoft.TeamFoundation.Identity;S-1-9-7", allow: null, deny: 2 },
          three: null,
        },
      }),
  });
  const people = await read("people");
  assert.deepEqual(people.members, { [group]: [subject("aad", "a")] });
  const { build, taskGroups } = await read("access", { people });
  assert.deepEqual([build.actions, taskGroups.actions], [{ QueueBuilds: 128 }, {}]);
  const stranger = "Microsoft.TeamFoundation.Identity;S-1-9-7";
  assert.deepEqual(build.lists, [
    {
      token: "t",
      inherits: true,
      entries: [
        { subject: group, name: "[P]\\Team", allow: 128, deny: 0 },
        { subject: stranger, name: stranger, allow: 0, deny: 2 },
      ],
    },
  ]);
  await assert.rejects(read("access"), { code: "forbidden" });
});

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
        { triggerType: "schedule" },
      ],
      environments: [
        {
          id: 1,
          name: "Production",
          rank: 2,
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
    ],
  });
  const [production, bare] = stages;
  assert.deepEqual(
    [
      production?.approvers,
      production?.requiredApprovers,
      production?.creatorMayApprove,
      production?.skipsApprovalIfSameApprover,
    ],
    [["Grace"], 1, false, true],
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

test("the audit log: since what is known, page by page, plain values only", async (t) => {
  const entry = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
    id,
    actionId: "Policy.PolicyConfigModified",
    timestamp: "2026-03-01T11:00:00.1234567+00:00",
    actorUserId: "A",
    ...more,
  });
  const { read, requests, now } = await scripted(t, {
    auditlog: (url) =>
      url.searchParams.get("continuationToken") === null
        ? {
            decoratedAuditLogEntries: [
              entry("1", {
                details: "set hunter2",
                data: { PolicyId: 4, On: true, Name: "main", Key: "hunter2", Nested: { a: 1 }, Nothing: null },
              }),
            ],
            hasMore: true,
            continuationToken: "2",
          }
        : {
            value: {
              decoratedAuditLogEntries: [
                entry("1"),
                entry("2", { projectId: "00000000-0000-0000-0000-000000000000", ipAddress: "192.0.2.1" }),
              ],
              hasMore: false,
              continuationToken: "3",
            },
          },
  });
  const events = await read("auditEvents");
  const actor = { id: "a", name: "A" };
  const at = "2026-03-01T11:00:00.123Z";
  assert.deepEqual(events, [
    { id: "1", action: "Policy.PolicyConfigModified", at, actor, details: "", data: {} },
    { id: "2", action: "Policy.PolicyConfigModified", at, actor, details: "", data: {}, address: "192.0.2.1" },
  ]);
  const start = (index: number) => new URL(requests[index]?.url ?? "", "http://x").searchParams.get("startTime");
  const day = 86_400_000;
  assert.equal(start(0), new Date(now().getTime() - day).toISOString());
  for (const [age, days] of [
    [3, 3],
    [0.5, 1],
    [30, 7],
  ] as const) {
    const known = [{ at: new Date(now().getTime() - age * day).toISOString() }] as unknown as FactValues["auditEvents"];
    const before = requests.length;
    await read("auditEvents", { auditEvents: known });
    assert.equal(start(before), new Date(now().getTime() - days * day).toISOString());
  }
});

test("audit streams in words and numbers, without what was deleted", async (t) => {
  const stream = (status: unknown, displayName: unknown = "Splunk") => ({
    id: 1,
    consumerType: "Splunk",
    displayName,
    status,
  });
  const streams = async (body: unknown) =>
    (await (await scripted(t, { "audit/streams": () => body })).read("auditStreams")).map(({ name, status }) => [
      name,
      status,
    ]);
  assert.deepEqual(await streams(list(stream("enabled", null), stream(3), stream("deleted"), stream("unknown"))), [
    ["1", "enabled"],
    ["Splunk", "disabled-by-system"],
    ["Splunk", "other"],
  ]);
  assert.deepEqual(await streams(stream(2, "https://in.example:8088/x?token=1")), [
    ["https://in.example:8088", "disabled-by-user"],
  ]);
});

test("tokens of people, whoever left meanwhile", async (t) => {
  const { read, requests } = await scripted(t, {
    [subject("aad", "gone")]: () => ({ status: 404, body: { message: "no", typeKey: "IdentityNotFoundException" } }),
    "continuationToken=2": () => ({ value: [{ authorizationId: "B", isValid: false }], continuationToken: null }),
    tokenadmin: () => ({
      value: [
        {
          authorizationId: "A",
          displayName: null,
          scope: "vso.code",
          targetAccounts: null,
          validFrom: "2026-01-01T00:00:00",
          validTo: "2026-02-01T00:00:00",
        },
      ],
      continuationToken: "2",
    }),
  });
  const people = {
    users: [user("ada"), user("gone"), { ...user("bot"), kind: "build-identity" as const }],
    groups: [],
    members: {},
  };
  assert.deepEqual(await read("accessTokens", { people }), [
    {
      id: "a",
      name: "",
      ownerDescriptor: subject("aad", "ada"),
      ownerName: "ada",
      scope: "vso.code",
      isForAllOrganizations: true,
      validFrom: "2026-01-01T00:00:00.000Z",
      validTo: "2026-02-01T00:00:00.000Z",
    },
  ]);
  assert.equal(requests.length, 3);
});

test("extensions, tasks and hooks with what is missing or nested otherwise", async (t) => {
  const { read } = await scripted(t, {
    installedextensions: () =>
      list({
        publisherId: "p",
        extensionId: "e",
        flags: "builtIn, trusted",
        scopes: null,
        installState: { flags: "disabled, autoUpgradeError" },
        contributions: [{ type: "ms.azure-pipelines.pipeline-decorator" }, {}, null],
        lastPublished: "0001-01-01T00:00:00",
      }),
    "distributedtask/tasks": () =>
      list(
        { id: "T", name: "Old", version: { major: 1 }, deprecated: true, inputs: null },
        {
          id: "t",
          name: "New",
          version: { major: 10, minor: 2, patch: 3 },
          contributionIdentifier: "p.e.task",
          inputs: [
            { name: "Azure", type: "connectedService:AzureRM", aliases: ["azureSubscription"] },
            { name: "x", type: "string" },
          ],
        },
        { id: "t", name: "Mid", version: { major: 9 }, deprecated: true },
        { id: "s", name: "Bash", serverOwned: true, contributionIdentifier: null },
      ),
    "hooks/subscriptions": () =>
      list(
        {
          id: "A",
          consumerInputs: { url: "http://ada:pw@ci.example:8080/x?k=1", acceptUntrustedCerts: "True" },
          publisherInputs: null,
          eventType: "git.push",
          status: "enabled",
          consumerId: "webHooks",
        },
        { id: "B", consumerInputs: { serverBaseUrl: "https://jenkins.example/", password: "********" } },
        { id: "C", consumerInputs: { url: "not an address", connectionString: "********" } },
      ),
  });
  const [extension] = await read("extensions");
  assert.deepEqual(extension, {
    publisherId: "p",
    publisherName: "p",
    extensionId: "e",
    name: "e",
    version: "",
    flags: ["builtIn", "trusted"],
    scopes: [],
    contributionTypes: ["ms.azure-pipelines.pipeline-decorator"],
    isDisabled: true,
  });
  assert.deepEqual(await read("tasks"), [
    {
      id: "t",
      name: "New",
      versions: ["1.0.0", "9.0.0", "10.2.3"],
      isDeprecated: false,
      extension: "p.e",
      connectionInputs: ["azure", "azuresubscription"],
    },
    { id: "s", name: "Bash", versions: ["0.0.0"], isDeprecated: false, connectionInputs: [] },
  ]);
  const hooks = await read("hooks");
  assert.deepEqual(
    hooks.map(({ scheme, host, acceptsUntrustedCertificates, hasBasicPassword }) => [
      scheme,
      host,
      acceptsUntrustedCertificates,
      hasBasicPassword,
    ]),
    [
      ["http", "ci.example:8080", true, false],
      ["https", "jenkins.example", false, true],
      [undefined, undefined, false, false],
    ],
  );
});

test("pages of the portal: policies of all categories, settings, and a refusal that is told", async (t) => {
  const policies = "ms.vss-admin-web.organization-policies-data-provider";
  const pipelines = "ms.vss-build-web.pipelines-org-settings-data-provider";
  const read = async (key: "organizationPolicies" | "organizationPipelines", body: unknown) =>
    (await scripted(t, { HierarchyQuery: () => body })).read(key);
  const policy = (name: string, value: boolean, effectiveValue?: boolean) => ({
    policy: { name, value, effectiveValue },
    description: "",
  });
  const answer = {
    dataProviderSharedData: {},
    dataProviders: {
      "ms.vss-web.component-data": {},
      [policies]: {
        policies: {
          security: [policy("Policy.AllowAnonymousAccess", false, true), {}],
          user: [policy("Policy.X", true)],
          privacy: null,
        },
      },
      [pipelines]: {
        enforceJobAuthScope: true,
        enforceSettableVar: false,
        statusBadgesArePrivate: true,
        enforceJobAuthScopeForReleases: "yes",
      },
    },
  };
  assert.deepEqual(await read("organizationPolicies", answer), [
    { name: "Policy.AllowAnonymousAccess", value: true },
    { name: "Policy.X", value: true },
  ]);
  assert.deepEqual(await read("organizationPipelines", answer), {
    enforceJobAuthScope: true,
    enforceSettableVar: false,
  });
  const refusal = {
    dataProviders: { [policies]: null },
    dataProviderExceptions: { [policies]: { message: "Access denied." } },
  };
  await assert.rejects(read("organizationPolicies", refusal), (error) => {
    assert.ok(error instanceof RemoteError);
    assert.equal(error.code, "forbidden");
    assert.match(error.message, /organizationPolicy.*Access denied/);
    return true;
  });
});

test("the report of permissions: one that failed is told, rows name resources in either form", async (t) => {
  const id = "00000000-0000-0000-0000-0000000000ee";
  const report = (reportStatus: string, more = {}) => ({
    id,
    reportStatus,
    reportName: "Sallyport x",
    requestedTime: "2026-02-28T12:00:00Z",
    ...more,
  });
  const service = (status: unknown, listed: readonly unknown[] = []) =>
    scripted(t, {
      [`${id}/download`]: () => [
        {
          Descriptor: "d",
          DisplayName: "Ada",
          Resource: { ResourceId: "1", ResourceName: "app" },
          Permissions: [
            { PermissionName: "Contribute", EffectivePermission: "Allow", IsPermissionInherited: true },
            { PermissionName: "Force push", EffectivePermission: "Deny (inherited)" },
            { PermissionName: "Bypass", EffectivePermission: "Not set" },
            null,
          ],
          Error: null,
        },
        { Descriptor: "e", Resource: "app", Permissions: null },
      ],
      [id]: () => status,
      permissionsreport: (_, request) =>
        request.method === "POST"
          ? { _links: { self: { href: `https://elsewhere.example/_apis/permissionsreport/${id}` } } }
          : list(...listed),
      "git/repositories": () =>
        list({ id: "r", name: "Payments", project: { id: "00000000-0000-0000-0000-00000000000a" } }),
    });
  const done = await service(report("completedSuccessfully"));
  assert.deepEqual((await done.read("permissionsReport")).rows, [
    { resource: "app", subject: "d", name: "Ada", permission: "Contribute", effective: "allow", isInherited: true },
    { resource: "app", subject: "d", name: "Ada", permission: "Force push", effective: "deny", isInherited: true },
  ]);
  assert.ok(done.requests.some(({ method }) => method === "POST"));
  const known = await service(report("completedWithErrors"), [
    report("completedWithErrors"),
    report("completedSuccessfully", { requestedTime: "2020-01-01T00:00:00Z" }),
  ]);
  await known.read("permissionsReport");
  assert.ok(known.requests.every(({ method }) => method === "GET"));
  const failed = await service(report("deleted", { error: "It rains" }));
  await assert.rejects(failed.read("permissionsReport"), { code: "refused", message: /It rains/ });
});
