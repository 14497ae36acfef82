import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { addProject } from "../../emulator/build-world.ts";
import { getBuild, listBuilds } from "./builds.ts";
import { listProjects } from "./projects.ts";
import { listRepositories } from "./repositories.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

function withCode(code: string) {
  return (error: unknown) => error instanceof RemoteError && error.code === code;
}

test("a renamed organization is noticed, not followed", async (t) => {
  const { client, world, organization } = await emulatedOrganization(t);
  world.organizations.delete("contoso");
  world.organizations.set("fabrikam", { ...organization, name: "fabrikam", formerNames: ["contoso"] });
  await assert.rejects(listProjects(client), (error) => {
    return error instanceof RemoteError && error.code === "not-found" && error.details.renamedTo === "fabrikam";
  });
  world.switches.renamedOrganizationRedirects = false;
  await assert.rejects(listProjects(client), withCode("not-found"));
});

test("faults on the way: a busy moment passes, a delay slows down", async (t) => {
  const { client, world, projectId } = await emulatedOrganization(t);
  world.faults.push(
    { id: "1", is: "status", status: 503, times: 2 },
    { id: "2", is: "rate-limit-delay", retryAfter: 1, times: 1 },
    { id: "3", is: "status", status: 429, retryAfter: 1, matches: "repositories", times: 1 },
  );
  assert.deepEqual(
    (await listProjects(client)).map(({ id }) => id),
    [projectId],
  );
  assert.equal((await listRepositories(client)).length, 1);
  assert.deepEqual(world.faults, []);
});

test("more than a thousand projects and repositories are listed whole", async (t) => {
  const { client, world, organization, repository } = await emulatedOrganization(t);
  for (let count = 0; count < 1234; count += 1) {
    const project = addProject(world, organization, `project ${count}`);
    const id = project.id.replace(/^.{8}/, "00000000");
    organization.repositories.set(id, { ...repository, id, projectId: project.id, name: `repository ${count}` });
  }
  assert.equal(new Set((await listProjects(client)).map(({ id }) => id)).size, 1235);
  assert.equal(new Set((await listRepositories(client)).map(({ id }) => id)).size, 1235);
});

test("builds", async (t) => {
  const { client, organization, projectId, repository, user } = await emulatedOrganization(t);
  organization.definitions.push({
    id: 3,
    projectId,
    name: "ci",
    path: "\\",
    repositoryId: repository.id,
    yamlFilename: "azure-pipelines.yml",
    revision: 1,
    createdDate: new Date(),
  });
  const finishTime = new Date("2026-03-01T12:00:00Z");
  organization.builds.push({
    id: 17,
    projectId,
    definitionId: 3,
    buildNumber: "20260301.1",
    queueTime: finishTime,
    startTime: finishTime,
    finishTime,
    requestedBy: user.id,
    sourceBranch: "refs/heads/main",
    sourceVersion: "1".repeat(40),
    status: "completed",
    result: "failed",
  });
  const build = await getBuild(client, projectId, 17);
  assert.deepEqual(
    { ...build, webUrl: "" },
    {
      buildId: 17,
      buildNumber: "20260301.1",
      definition: "ci",
      status: "completed",
      result: "failed",
      commit: "1".repeat(40),
      branch: "refs/heads/main",
      repositoryId: repository.id,
      finishedAt: finishTime,
      requestedBy: user.displayName,
      webUrl: "",
    },
  );
  assert.deepEqual(await listBuilds(client, projectId, { finishedAfter: new Date("2026-03-01T11:00:00Z") }), [build]);
  assert.deepEqual(await listBuilds(client, projectId, { finishedAfter: new Date("2026-03-01T13:00:00Z") }), []);
  await assert.rejects(getBuild(client, projectId, 18), withCode("not-found"));
});
