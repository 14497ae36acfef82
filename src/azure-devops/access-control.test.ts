import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { groupsIn } from "../../emulator/identity/groups.ts";
import { descriptorOfGroup } from "../../emulator/identity/identity-descriptor.ts";
import { setAccess } from "../../emulator/security/access-control-lists.ts";
import { letBypass } from "../../emulator/security/bypass.ts";
import {
  type AccessList,
  allowedAt,
  branchTokens,
  listGitAccess,
  listGitActions,
  nameIdentities,
} from "./access-control.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

const git = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";

test("what holds at a branch is gathered from the project down to it, with the names of those who hold it", async (t) => {
  const { client, organization, project, projectId, repositoryId, user } = await emulatedOrganization(t);
  const tokens = branchTokens({ projectId, repositoryId, ref: "refs/heads/release/é" });
  assert.equal(tokens.at(-1), `repoV2/${projectId}/${repositoryId}/refs/heads/720065006c006500610073006500/e900`);
  const ada = `Microsoft.IdentityModel.Claims.ClaimsIdentity;${organization.tenantId}\\${user.mail}`;
  const entries = [{ descriptor: ada, allow: 32_768, deny: 0 }];
  setAccess(organization, { namespaceId: git, token: tokens.at(-1) ?? "", inherits: true, entries });
  const administrators = groupsIn(organization, project).find(({ grants }) => grants === "project administrators");
  assert(administrators);
  letBypass(organization, project, descriptorOfGroup(administrators));
  const bits = new Map((await listGitActions(client)).map(({ name, bit, title }) => [name, [bit, title]]));
  assert.deepEqual(bits.get("PullRequestBypassPolicy"), [32_768, "Bypass policies when completing pull requests"]);

  const lists = await listGitAccess(client, projectId);
  const holders = (ref: string) =>
    [...allowedAt(lists, branchTokens({ projectId, repositoryId, ref }))]
      .filter(([, allowed]) => (allowed & 32_768) !== 0)
      .map(([descriptor]) => descriptor);
  const above = holders("refs/heads/main");
  assert.deepEqual(holders("refs/heads/release/é").toSorted(), [...above, ada].toSorted());
  const names = await nameIdentities(client, [...above, ada, "Microsoft.TeamFoundation.Identity;S-1-9-0"]);
  assert.deepEqual([...names.values()].map(({ name, isGroup }) => `${name}${isGroup ? " *" : ""}`).toSorted(), [
    "Ada Lovelace",
    "[Größe & Co]\\Project Administrators *",
  ]);
});

test("what is written nearer to the branch wins, and nothing comes from above where that is cut off", () => {
  const list = (token: string, allow: number, deny: number, inherits = true): AccessList => ({
    token,
    inherits,
    entries: [{ descriptor: "d", allow, deny }],
  });
  const ids = { projectId: "p" as ProjectId, repositoryId: "r" as RepositoryId };
  const tokens = branchTokens({ ...ids, ref: "refs/heads/a" });
  assert.equal(tokens.at(-1), "repoV2/p/r/refs/heads/6100");
  const held = (...lists: readonly AccessList[]) => allowedAt(lists, tokens).get("d");
  assert.equal(held(list("repoV2", 0, 8), list("repoV2/P/r", 8, 0)), 8);
  assert.equal(held(list("repoV2", 8 | 128, 0), list("repoV2/p", 0, 8)), 128);
  assert.equal(held(list("repoV2/p", 8, 8)), 0);
  assert.equal(held(list("repoV2", 128, 0), list("repoV2/p/r", 8, 0, false)), 8);
  assert.equal(held(list("repoV2/p/other", 8, 0)), undefined);
});
