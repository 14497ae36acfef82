import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { git, readRefs } from "../git/repository-store.ts";
import { taskChecks } from "../inventory/check-types.ts";
import { inventoryOf } from "../inventory/inventory.ts";
import { mayAct } from "../rights.ts";
import { type Emulator, startEmulator } from "../start-emulator.ts";
import { runGitClient } from "../try-world.ts";
import { plantedSecrets } from "./planted-secrets.ts";
import { type DemoSeed, seedDemo, tellDemo } from "./seed-demo.ts";
import { type ManySeed, seedMany } from "./seed-many.ts";

describe("seeds", () => {
  let folder: string;
  let emulator: Emulator;
  let demo: DemoSeed;
  let many: ManySeed;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "seeds-"));
    emulator = await startEmulator({
      folder,
      seed: async (world) => {
        demo = await seedDemo(world);
        many = await seedMany(world, { repositories: 1100 });
      },
    });
  });
  after(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("tell histories of several people", async () => {
    for (const repository of Object.values(demo.repositories)) {
      const authors = await git(emulator.world, repository.id, ["log", "--format=%an", "main"]);
      const lines = authors.toString().trim().split("\n");
      assert.ok(lines.length >= 3, repository.name);
      assert.ok(new Set(lines).size >= 2, repository.name);
    }
  });

  it("plant every secret somewhere in a history, and the same ones each time", async () => {
    let everything = "";
    for (const repository of Object.values(demo.repositories))
      everything += (await git(emulator.world, repository.id, ["log", "--all", "-p", "--format=%H"])).toString();
    for (const [name, secret] of Object.entries(demo.secrets))
      assert.ok(everything.includes(secret.split("\n")[1] ?? secret), name);
    assert.deepEqual(plantedSecrets("demo"), demo.secrets);
  });

  it("open a pull request that introduces a secret and one that does not", async () => {
    const diffs = await Promise.all(
      demo.pullRequests.map(async ({ repositoryId, iterations }) => {
        const { commonCommit = "", sourceCommit = "" } = iterations[0] ?? {};
        return (await git(emulator.world, repositoryId, ["diff", commonCommit, sourceCommit])).toString();
      }),
    );
    assert.deepEqual(
      diffs.map((diff) => diff.includes(demo.secrets.slackBotToken)),
      [false, true],
    );
  });

  it("hold a way from contributors to production that branch control, or taking the pipelines away, ends", async () => {
    const { organization, projects, token } = demo;
    const [project] = projects;
    assert.ok(project);
    const connection = inventoryOf(emulator.world, organization).endpoints[0];
    const definition = organization.definitions.find((one) => one.name === "orders-api deploy");
    assert.ok(connection && definition);
    const at = `${emulator.url}/${organization.name}/${project.id}/_apis/pipelines`;
    const ask = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${at}/${path}`, {
        method,
        headers: {
          Accept: "application/json;api-version=7.1-preview.1",
          "Content-Type": "application/json",
          Authorization: `Basic ${Buffer.from(`:${token.value}`).toString("base64")}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return JSON.parse(await response.text());
    };
    const [policy] = organization.policies.filter(({ projectId }) => projectId === project.id);
    assert.equal(
      policy?.settings.blockLastPusherVote,
      true,
      "branch control would be passed by a vote for one's own push",
    );
    const resource = { type: "endpoint", id: connection.id };
    const permissions = `pipelinepermissions/endpoint/${connection.id}`;
    assert.equal((await ask("GET", permissions)).allPipelines.authorized, true);
    const checks = async () => (await ask("POST", "checks/queryconfigurations?$expand=settings", [resource])).value;
    const [approval, ...others] = await checks();
    assert.deepEqual([approval.settings.requesterCannotBeApprover, others.length], [false, 0]);
    const yaml = await git(emulator.world, definition.repositoryId, ["show", `main:${definition.yamlFilename}`]);
    assert.match(yaml.toString(), /include:\s+- "\*"[\s\S]*azureSubscription: brightwater-production/);
    const settings = {
      definitionRef: taskChecks.branchControl,
      inputs: { allowedBranches: "refs/heads/main", ensureProtectionOfBranch: "true" },
    };
    const made = await ask("POST", "checks/configurations", { type: { name: "Task Check" }, settings, resource });
    assert.deepEqual([made.id > 0, (await checks()).length], [true, 2]);
    assert.equal("allPipelines" in (await ask("PATCH", permissions, { allPipelines: { authorized: false } })), false);
  });

  it("make the administrator a guest of another tenant, whose organization has a history of its own", async () => {
    const { organization, tenant, repositories } = demo.second;
    assert.equal(tenant.accounts.get(demo.administrator.id)?.kind, "guest");
    assert.ok(mayAct(organization, demo.administrator.id, "collection administrators"));
    for (const repository of repositories) {
      const messages = await git(emulator.world, repository.id, ["log", "--format=%s", "main"]);
      assert.equal(messages.toString().trim().split("\n").length, 3, repository.name);
    }
    assert.ok(tellDemo(demo).organizations.includes(organization.name));
  });

  it("make a thousand repositories of every kind that git can read", async () => {
    const { repositories } = many;
    assert.equal(repositories.length, 1100);
    assert.ok(repositories.some((one) => one.isDisabled));
    assert.ok(repositories.some((one) => one.isFork));
    assert.ok(repositories.some((one) => !one.defaultBranch));
    const odd = repositories.find((one) => one.name.startsWith("Größenrechner"));
    assert.ok(odd?.defaultBranch);
    const refs = await readRefs(emulator.world, odd.id);
    assert.deepEqual([...refs.keys()], [odd.defaultBranch]);
    const project = many.projects.find((one) => one.id === odd.projectId);
    const url = `${emulator.url}/many/${encodeURIComponent(project?.name ?? "")}/_git/${encodeURIComponent(odd.name)}`;
    const clone = await runGitClient(many.token, ["clone", "--quiet", url, join(folder, "clone")]);
    assert.equal(clone.code, 0, clone.output);
  });
});
