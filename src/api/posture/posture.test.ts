import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { samplePosture } from "#store/testing/sample-posture.ts";
import type { AttackPathDetail, AttackPaths } from "../attack-paths/contract.ts";
import type { BillDetail, PipelineDetail, Pipelines } from "../pipelines/contract.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type {
  Capability,
  Posture,
  PostureList,
  PostureRuleDetail,
  PostureRules,
  PostureSettingsAnswer,
  Results,
} from "./contract.ts";

describe("posture", () => {
  let api: TestApi;
  let added: Added;
  let anna: Browser;
  let mia: Browser;
  let organization: OrganizationId;
  let project: ProjectId;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await addInstance(api.app, "two");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    [anna, mia] = await Promise.all([api.browser("anna"), api.browser("mia")]);
    const repository = await getRepository(api.app.db, added.repository);
    assert(repository);
    organization = repository.organizationId;
    project = repository.projectId;
    const { instance: instanceId } = added;
    await samplePosture(api.app.db, { instanceId, organizationId: organization, projectId: project });
  });
  after(() => api.close());

  const base = () => `/api/organizations/${organization}`;
  const get = async <T>(url: string) => {
    const answer = await anna.call("GET", url);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<T>();
  };

  it("of organizations stands in a list, with what is known and why the rest is not", async () => {
    const { rows } = await get<PostureList>("/api/posture");
    assert.deepEqual(
      rows.map(({ name, pass, fail, attackPaths, pipelines, lastRun }) => [
        name,
        pass,
        fail,
        attackPaths,
        pipelines,
        lastRun?.calls,
      ]),
      [
        ["one-organization", 1, 1, 1, 1, 12],
        ["two-organization", 0, 0, 0, 0, undefined],
      ],
    );
    const posture = await get<Posture>(`${base()}/posture?days=365`);
    const categories = posture.categories.filter(({ fail }) => fail > 0);
    assert.deepEqual(
      categories.map(({ category, failures }) => [category, failures.high]),
      [["pipeline", 1]],
    );
    assert.deepEqual(posture.lastRun?.callsByKey[0], { key: "definitions", calls: 8 });
    const [settings, people, pools] = ["generalSettings", "people", "pools"].map((name) =>
      posture.facts.find(({ key }) => key === name),
    );
    assert.deepEqual([settings?.known, people?.unknown, pools?.known, pools?.unknown], [1, 1, 0, 0]);
    assert.deepEqual(people?.reasons, [{ why: "scope", reason: "The credential lacks Graph (Read).", projects: [] }]);
    const capability = await get<Capability>(`${base()}/posture/capability`);
    const waiting = capability.rows.find(({ key }) => key === "people");
    assert.equal(waiting?.state, "unknown");
    assert(capability.fed < capability.rules);
  });

  it("results are listed, by rule too, and taken away without formulas", async () => {
    const failed = await get<Results>(`${base()}/posture/results?answer=fail&category=pipeline`);
    assert.deepEqual(
      failed.rows.map(({ resource, severity, reason, project: of }) => [resource.name, severity, reason, of?.id]),
      [["=ci", "high", "runs code of forks", project]],
    );
    assert.equal((await get<Results>(`${base()}/posture/results?search=fork`)).total, 1);
    assert.equal((await get<Results>(`${base()}/posture/results?projectId=${organization}`)).total, 0);
    const { rows } = await get<PostureRules>(`${base()}/posture/rules`);
    assert.deepEqual(
      (await get<PostureRules>(`${base()}/posture/rules?answer=pass`)).rows.map(({ pass }) => pass),
      [1],
    );
    const passing = rows.find(({ pass }) => pass > 0);
    assert.equal(passing?.id, "cicd/settings-job-token-reaches-organization");
    assert(passing.abuse.length > 0 && passing.risks.length > 0 && passing.needs.includes("generalSettings"));
    const title = encodeURIComponent(passing.title.toUpperCase());
    assert.equal((await get<Results>(`${base()}/posture/results?search=${title}`)).total, 1);
    const one = `${base()}/posture/rules/${encodeURIComponent(passing.id)}`;
    assert.equal((await get<PostureRuleDetail>(one)).results.rows[0]?.answer, "pass");
    assert.equal((await anna.call("GET", `${base()}/posture/rules/none`)).statusCode, 404);
    const csv = (await anna.call("GET", `${base()}/posture/results.csv`)).body;
    assert.match(csv, /,'=ci,/);
    assert.equal((await get<unknown[]>(`${base()}/posture/results.json`)).length, 2);
  });

  it("pipelines have a bill that differs from the one before, risks and paths", async () => {
    const list = await get<Pipelines>(`/api/pipelines?organizationId=${organization}&exposure=forks`);
    const [row] = list.rows;
    assert.deepEqual([row?.name, row?.risks.high, row?.attackPaths, row?.exposure.forks.is], ["=ci", 1, 1, "yes"]);
    assert.equal((await get<Pipelines>("/api/pipelines?exposure=webhooks")).total, 0);
    const url = `${base()}/pipelines/${project}/7`;
    const detail = await get<PipelineDetail>(url);
    assert.deepEqual([detail.bill?.items[0]?.name, detail.results.length, detail.paths.length], ["Bash", 1, 1]);
    const bill = await get<BillDetail>(`${url}/bills/${detail.bills[0]?.id}`);
    assert.equal(bill.diff, null);
    const cyclone = await get<{ bomFormat: string; specVersion: string }>(`${url}/bill.cdx.json`);
    assert.deepEqual([cyclone.bomFormat, cyclone.specVersion], ["CycloneDX", "1.6"]);
    assert.equal((await get<{ items: readonly unknown[] }>(`${url}/bill.json`)).items.length, 1);
    assert.match((await anna.call("GET", "/api/pipelines.csv")).body, /,'=ci,/);
    assert.equal((await anna.call("GET", `${base()}/pipelines/${project}/8`)).statusCode, 404);
  });

  it("attack paths are told edge by edge, with the settings that end them", async () => {
    const { rows } = await get<AttackPaths>(`/api/attack-paths?projectId=${project}`);
    assert.deepEqual(
      rows.map(({ entry, target, steps, cut }) => [entry.name, target.name, steps, cut.first]),
      [["Contributors", "Production", 2, "Switch forks off."]],
    );
    const path = await get<AttackPathDetail>(`${base()}/attack-paths/${encodeURIComponent(rows[0]?.id ?? "")}`);
    assert.deepEqual(
      path.edges.map(({ says }) => says),
      ["Contributors start =ci.", "=ci acts as Production."],
    );
    assert.equal((await get<unknown[]>("/api/attack-paths.json")).length, 1);
    assert.match((await anna.call("GET", "/api/attack-paths.csv")).body, /Contributors start =ci\. =ci acts/);
  });

  it("is nobody's business who may not see the organization", async () => {
    const path = encodeURIComponent("contributors>prod");
    for (const url of ["posture", "posture/results", "posture/rules", "posture/capability", `attack-paths/${path}`]) {
      assert.equal((await mia.call("GET", `${base()}/${url}`)).statusCode, 404, url);
    }
    assert.equal((await mia.call("GET", `${base()}/pipelines/${project}/7`)).statusCode, 404);
    assert.equal((await mia.call("GET", `${base()}/pipelines/${project}/7/bill.json`)).statusCode, 404);
    for (const url of ["/api/posture", "/api/pipelines", "/api/attack-paths"]) {
      assert.deepEqual((await mia.call("GET", url)).json<{ rows: unknown[] }>().rows, [], url);
    }
    assert.equal((await mia.call("POST", `${base()}/posture/refresh`, {})).statusCode, 404);
  });

  it("is looked at when a person asks, by the measure of an administrator", async () => {
    const url = `/api/instances/${added.instance}/posture-settings`;
    const before = await get<PostureSettingsAnswer>(url);
    assert.deepEqual([before.enabled, before.settings.staleAfter, before.usual.staleAfter], [true, 30, 90]);
    assert.equal((await anna.call("POST", `${base()}/posture/refresh`, {})).statusCode, 202);
    assert.equal((await get<Posture>(`${base()}/posture`)).isRunning, true);
    const change = (body: unknown, who = anna) => who.call("PUT", url, body);
    const settings = { ...before.settings, productionWords: ["live"] };
    assert.equal((await change({ enabled: false, usesPortal: true, settings }, mia)).statusCode, 403);
    assert.equal((await change({ enabled: false, usesPortal: true, settings: {} })).statusCode, 422);
    const after = (await change({ enabled: false, usesPortal: true, settings })).json<PostureSettingsAnswer>();
    assert.deepEqual([after.enabled, after.usesPortal, after.changedBy], [false, true, "anna"]);
    assert.deepEqual(after.settings.productionWords, ["live"]);
    assert.equal((await anna.call("POST", `${base()}/posture/refresh`, {})).statusCode, 409);
  });
});
