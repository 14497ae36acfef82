import assert from "node:assert/strict";
import { test } from "node:test";
import { list, refused, scripted, subject, user } from "./testing/scripted-collectors.ts";

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
