import assert from "node:assert/strict";
import { test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { list, scripted } from "./testing/scripted-collectors.ts";

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
  const turned = {
    policies: {
      user: [
        policy("Policy.DisallowSecureShell", true, false),
        { policy: { name: "Policy.DisallowX", effectiveValue: true } },
      ],
    },
    invertedPolicies: ["Policy.DisallowSecureShell", "Policy.DisallowX"],
  };
  assert.deepEqual(await read("organizationPolicies", { dataProviders: { [policies]: turned } }), [
    { name: "Policy.DisallowSecureShell", value: true },
    { name: "Policy.DisallowX", value: true },
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
