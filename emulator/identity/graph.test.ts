import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addRepository, addUser } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { scopeDescriptor } from "./graph-shapes.ts";

interface Subject {
  readonly displayName: string;
  readonly descriptor: string;
  readonly originId: string;
}

describe("graph", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
  });
  after(() => one.close());

  const graph = "/_hosts/vssps.dev.azure.com/fabrikam/_apis/graph";
  const ask = (method: string, path: string, body?: unknown) =>
    one.ask(method, `${graph}/${path}`, {
      version: "7.1-preview.1",
      token: one.tokens.collection,
      ...(body === undefined ? {} : { body }),
    });
  async function group(displayName: string): Promise<Subject> {
    const { value } = (await ask("GET", "groups")).json as { value: Subject[] };
    const found = value.find((one_) => one_.displayName === displayName);
    assert.ok(found, displayName);
    return found;
  }

  it("lists the groups of an organization and of a project", async () => {
    const all = (await ask("GET", "groups")).json.value as Subject[];
    assert.ok(all.some((one_) => one_.displayName === "Project Collection Administrators"));
    const scope = scopeDescriptor(one.project);
    const some = (await ask("GET", `groups?scopeDescriptor=${scope}`)).json.value as Subject[];
    assert.deepEqual(
      some.map((one_) => one_.displayName),
      [
        "Readers",
        "Contributors",
        "Project Administrators",
        "My Project Team",
        "Build Administrators",
        "Release Administrators",
        "Endpoint Administrators",
        "Project Valid Users",
      ],
    );
    assert.equal((await ask("GET", `descriptors/${one.project.id}`)).json.value, scope);
  });

  it("tells who is in which group, and puts people into them with the rights that follow", async () => {
    const administrators = await group("Project Administrators");
    const { descriptor } = one.people.reader;
    const bond = `memberships/${descriptor}/${administrators.descriptor}`;
    assert.equal((await ask("HEAD", bond)).status, 404);
    const project = `/fabrikam/${one.project.id}/_apis/git/repositories`;
    const create = () => one.ask("POST", project, { body: { name: "mine" }, token: one.tokens.reader });
    assert.equal((await create()).status, 403);
    const put = await ask("PUT", bond);
    assert.equal(put.status, 201);
    assert.equal(put.json.memberDescriptor, descriptor);
    assert.equal((await ask("HEAD", bond)).status, 200);
    assert.equal((await create()).status, 201);
    const up = (await ask("GET", `memberships/${descriptor}?direction=up`)).json.value;
    assert.ok(
      up.some((one_: { containerDescriptor: string }) => one_.containerDescriptor === administrators.descriptor),
    );
    const down = (await ask("GET", `memberships/${administrators.descriptor}?direction=down`)).json.value;
    assert.ok(down.some((one_: { memberDescriptor: string }) => one_.memberDescriptor === descriptor));
    const removed = await ask("DELETE", bond);
    assert.equal(removed.status, 200);
    assert.equal(removed.text, "");
    assert.equal((await create()).status, 403);
  });

  it("makes, changes and removes groups, and finds subjects in batches", async () => {
    const made = await ask("POST", `groups?scopeDescriptor=${scopeDescriptor(one.project)}`, {
      displayName: "Security",
    });
    assert.equal(made.status, 201);
    assert.equal(made.headers.get("location"), made.json.url);
    const { descriptor } = made.json as Subject;
    const patch = [{ op: "replace", path: "/displayName", value: "Security people" }];
    assert.equal((await ask("PATCH", `groups/${descriptor}`, patch)).json.displayName, "Security people");
    await ask("PUT", `memberships/${one.people.reader.descriptor}/${descriptor}`);
    const lookupKeys = [{ descriptor }, { descriptor: one.people.reader.descriptor }, { descriptor: "vssgp.none" }];
    const found = (await ask("POST", "subjectlookup", { lookupKeys })).json;
    assert.equal(found.count, 2);
    assert.equal(found.value[descriptor].subjectKind, "group");
    const identities = `/_hosts/vssps.dev.azure.com/fabrikam/_apis/identities?subjectDescriptors=${descriptor}`;
    const [identity] = (await one.ask("GET", identities)).json.value;
    assert.match(identity.descriptor, /^Microsoft\.TeamFoundation\.Identity;S-1-9-/);
    assert.deepEqual(identity.members, [one.people.reader.descriptor]);
    assert.equal((await ask("DELETE", `groups/${descriptor}`)).status, 204);
    assert.equal((await ask("GET", `groups/${descriptor}`)).status, 404);
    const refused = await one.ask("POST", `${graph}/groups`, {
      version: "7.1-preview.1",
      body: { displayName: "x" },
      token: one.tokens.reader,
    });
    assert.equal(refused.status, 403);
  });

  it("gives short and empty pages of people that are followed by more", async () => {
    for (let index = 0; index < 1100; index += 1) addUser(one.emulator.world, `stranger ${index}`);
    const last = addUser(one.emulator.world, "last", { organization: one.organization });
    const pages: number[] = [];
    const seen: string[] = [];
    let token: string | null = "";
    while (token !== null) {
      const page = await ask("GET", `users?subjectTypes=aad${token ? `&continuationToken=${token}` : ""}`);
      pages.push(page.json.count);
      seen.push(...page.json.value.map((user: Subject) => user.originId));
      token = page.headers.get("x-ms-continuationtoken");
    }
    assert.deepEqual(pages, [4, 0, 1]);
    assert.equal(seen.at(-1), last.id);
  });

  it("names whom runs act as, in which group they are, and lets them be put into others", async () => {
    const { value } = (await ask("GET", "users?subjectTypes=svc")).json as { value: Subject[] };
    assert.deepEqual(
      value.map((builder) => builder.displayName),
      ["Project Collection Build Service (fabrikam)", "My Project Build Service (fabrikam)"],
    );
    const { descriptor = "" } = value[1] ?? {};
    assert.match(Buffer.from(descriptor.slice("svc.".length), "base64url").toString(), /:Build:[0-9a-f-]{36}$/);
    const builders = await group("Project Collection Build Service Accounts");
    assert.equal((await ask("HEAD", `memberships/${descriptor}/${builders.descriptor}`)).status, 200);
    const administrators = await group("Project Administrators");
    assert.equal((await ask("PUT", `memberships/${descriptor}/${administrators.descriptor}`)).status, 201);
    const up = (await ask("GET", `memberships/${descriptor}?direction=up`)).json.value;
    assert.equal(up.length, 2);
  });

  it("groups review pull requests, and their members vote for them", async () => {
    const repository = await addRepository(one.emulator.world, one.organization, one.project, "reviewed", {
      files: { "a.txt": "a" },
    });
    const at = `/fabrikam/_apis/git/repositories/${repository.id}`;
    const tip = repository.pushes[0]?.refUpdates[0]?.newObjectId;
    const refs = [{ name: "refs/heads/topic", oldObjectId: "0".repeat(40), newObjectId: tip }];
    await one.ask("POST", `${at}/refs`, { body: refs });
    const contributors = await group("Contributors");
    const made = await one.ask("POST", `${at}/pullRequests`, {
      body: {
        sourceRefName: "refs/heads/topic",
        targetRefName: "refs/heads/main",
        title: "For a group",
        reviewers: [{ id: contributors.originId, isRequired: true }],
      },
    });
    const [reviewer] = made.json.reviewers;
    assert.equal(reviewer.isContainer, true);
    assert.equal(reviewer.displayName, "[My Project]\\Contributors");
    const { contributor } = one.people;
    const review = `${at}/pullRequests/${made.json.pullRequestId}/reviewers`;
    await one.ask("PUT", `${review}/${contributor.id}`, { body: { vote: 10 }, token: one.tokens.contributor });
    const votes = (await one.ask("GET", review)).json.value.map((each: { vote: number }) => each.vote);
    assert.deepEqual(votes, [10, 10]);
  });
});
