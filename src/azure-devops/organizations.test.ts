import assert from "node:assert/strict";
import { test } from "node:test";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import { addProject } from "../../emulator/build-world.ts";
import { findOrganizationName } from "./organizations.ts";
import { getSourceControl, listProjects } from "./projects.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

test("a renamed organization is found by its id", async (t) => {
  const { remote, organization, world } = await emulatedOrganization(t);
  const about = { addresses: remote.addresses, userAgent: "sallyport/test" };
  const id = organization.id as OrganizationId;
  assert.equal(await findOrganizationName(about, id), "contoso");
  world.organizations.delete("contoso");
  organization.formerNames.push("contoso");
  organization.name = "contoso-north";
  world.organizations.set("contoso-north", organization);
  assert.equal(await findOrganizationName(about, id), "contoso-north");
  assert.equal(await findOrganizationName(about, "00000000-0000-0000-0000-000000000001" as OrganizationId), undefined);
});

test("a project of Team Foundation version control is told from one with git", async (t) => {
  const { client, world, organization, projectId } = await emulatedOrganization(t);
  const old = addProject(world, organization, "Old", { sourceControl: "Tfvc" });
  assert.equal(await getSourceControl(client, projectId), "git");
  assert.equal(await getSourceControl(client, old.id as ProjectId), "tfvc");
});

test("a list of projects that grows while it is read names none twice", async (t) => {
  const { client, world, organization } = await emulatedOrganization(t);
  for (let count = 0; count < 600; count += 1) addProject(world, organization, `Project ${count}`);
  world.faults.push({ id: "x", is: "page-changes", matches: "/projects" });
  const ids = (await listProjects(client)).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of organization.projects.keys()) assert.ok(ids.includes(id as ProjectId));
});
