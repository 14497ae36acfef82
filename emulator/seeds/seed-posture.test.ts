import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Emulator, startEmulator } from "../start-emulator.ts";
import type { PersonalAccessToken } from "../world.ts";
import { type PostureOrganization, type PostureSeed, seedPosture } from "./seed-posture.ts";

describe("the two organizations of settings", () => {
  let folder: string;
  let emulator: Emulator;
  let seed: PostureSeed;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "posture-"));
    emulator = await startEmulator({ folder });
    seed = await seedPosture(emulator.world);
  });
  after(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(token: PersonalAccessToken, path: string, body?: unknown) {
    const response = await fetch(`${emulator.url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        Accept: "application/json;api-version=7.1-preview.1",
        "Content-Type": "application/json",
        Authorization: `Basic ${Buffer.from(`:${token.value}`).toString("base64")}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.equal(response.status, 200, `${path}: ${response.status}`);
    return JSON.parse(await response.text());
  }

  /** What a reader of settings sees of one of them. */
  async function look({ organization, token, projects, resources, definitions }: PostureOrganization) {
    const base = `/${organization.name}`;
    const project = `${base}/${projects.payments.id}/_apis`;
    const at = (host: string) => `/_hosts/${host}.dev.azure.com${base}`;
    const connection = [{ type: "endpoint", id: resources.connection.id }];
    const page = { contributionIds: ["ms.vss-admin-web.organization-policies-data-provider"] };
    return {
      settings: await ask(token, `${project}/build/generalsettings`),
      policies: (await ask(token, `${project}/policy/configurations`)).value,
      open: await ask(token, `${project}/pipelines/pipelinepermissions/endpoint/${resources.connection.id}`),
      checks: (await ask(token, `${project}/pipelines/checks/queryconfigurations?$expand=settings`, connection)).value,
      definition: await ask(token, `${project}/build/definitions/${definitions.shop.id}`),
      pools: (await ask(token, `${base}/_apis/distributedtask/elasticpools`)).value,
      users: (await ask(token, `${at("vssps")}/_apis/graph/users`)).value,
      entitlements: (await ask(token, `${at("vsaex")}/_apis/userentitlements`)).members,
      streams: (await ask(token, `${at("auditservice")}/_apis/audit/streams`)).value,
      log: (await ask(token, `${at("auditservice")}/_apis/audit/auditlog`)).decoratedAuditLogEntries,
      pages: (await ask(token, `${base}/_apis/Contribution/HierarchyQuery`, page)).dataProviders,
      feeds: (await ask(token, `${at("feeds")}/${projects.payments.id}/_apis/packaging/feeds`)).value,
      releases: (await ask(token, `${at("vsrm")}/${projects.payments.id}/_apis/release/definitions`)).value,
      hooks: (await ask(token, `${base}/_apis/hooks/subscriptions`)).value,
      files: (await ask(token, `${project}/distributedtask/securefiles`)).value,
      tokens: (
        await ask(
          token,
          `${at("vssps")}/_apis/tokenadmin/personalaccesstokens/${organizationAdministrator(organization)}`,
        )
      ).value,
    };
  }

  const organizationAdministrator = ({ name }: { readonly name: string }) =>
    (name === seed.weak.organization.name ? seed.weak : seed.strong).administrator.descriptor;

  it("have the same things, and only one of them guards them", async () => {
    const weak = await look(seed.weak);
    const strong = await look(seed.strong);
    assert.deepEqual([weak.settings.enforceJobAuthScope, strong.settings.enforceJobAuthScope], [false, true]);
    assert.deepEqual([weak.policies.length, strong.policies.length], [1, 6]);
    assert.equal(weak.open.allPipelines.authorized, true);
    assert.deepEqual(
      strong.open.pipelines.map(({ id }: { id: number }) => id),
      [seed.strong.definitions.shop.id],
    );
    assert.deepEqual([weak.checks.length, strong.checks.length], [0, 3]);
    assert.deepEqual(
      [weak.definition.variables.ApiToken.isSecret, strong.definition.variables.ApiToken.isSecret],
      [undefined, true],
    );
    assert.deepEqual([weak.pools.length, strong.pools[0].recycleAfterEachUse], [0, true]);
    assert.ok(weak.users.some((user: { metaType?: string }) => user.metaType === "guest"));
    assert.ok(weak.entitlements.some((one: { lastAccessedDate: string }) => one.lastAccessedDate.startsWith("0001")));
    assert.deepEqual([weak.streams[0].status, strong.streams[0].status], ["disabledBySystem", "enabled"]);
    assert.ok(weak.log.some((one: { actionId: string }) => one.actionId === "Pipelines.PipelineDeleted"));
    assert.deepEqual([weak.hooks[0].consumerInputs.acceptUntrustedCerts, strong.hooks.length], ["true", 1]);
    for (const { feeds, releases, files, tokens, pages } of [weak, strong]) {
      assert.deepEqual([feeds.length, releases.length, files.length], [1, 1, 1]);
      assert.ok(tokens.length > 0);
      assert.ok(Object.keys(pages).some((name) => name.endsWith("organization-policies-data-provider")));
    }
  });

  it("remember runs: the odd one has a stage that was skipped, values from outside and a secret in its log", async () => {
    const { weak, strong } = seed;
    const { oddRun } = weak;
    assert.ok(oddRun);
    assert.equal(strong.oddRun, undefined);
    const builds = `/${weak.organization.name}/${weak.projects.payments.id}/_apis/build/builds`;
    const build = await ask(weak.token, `${builds}/${oddRun.id}`);
    assert.deepEqual([build.requestedFor.displayName, build.reason], ["Gus Partner", "manual"]);
    assert.match(build.parameters, /System\.Debug/);
    const { records } = await ask(weak.token, `${builds}/${oddRun.id}/timeline`);
    const result = (name: string) => records.find((record: { name: string }) => record.name === name)?.result;
    assert.deepEqual([result("Scan"), result("Production")], ["skipped", "succeeded"]);
    const [, log] = (await ask(weak.token, `${builds}/${oddRun.id}/logs/1`)).value;
    assert.ok(log.includes(weak.secrets.githubToken));
  });
});
