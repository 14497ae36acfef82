import assert from "node:assert/strict";
import { test } from "node:test";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { FactValues } from "#model/posture/organization-facts.ts";
import { type Answer, list, refused, scripted, user } from "./testing/scripted-collectors.ts";

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
