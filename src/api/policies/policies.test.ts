import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { decideForPullRequest } from "#flows/policies/decide-for-pull-request.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import { listPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { getPullRequest, setPullRequestScan } from "#store/pull-requests/pull-requests.ts";
import type { PullRequests } from "../pull-requests/contract.ts";
import type { Repositories } from "../repositories/contract.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { VerdictDetail, VerdictRow } from "../verdicts/contract.ts";
import type { DryRunAnswer, Policies, PolicyBody, PolicyCheck, PolicyRow } from "./contract.ts";

const draft: PolicyBody = {
  id: "no-settings",
  name: "No settings",
  enabled: true,
  when: [{ path: ["src/**"] }],
  scope: { repositories: [], projects: [], tags: ["pci"] },
  triggers: ["pull-request"],
  actions: ["block"],
  graceDays: 0,
  unfinished: { fails: "open", afterMinutes: 30 },
};

describe("policies", () => {
  let api: TestApi;
  let one: Added;
  let other: Added;
  let anna: Browser;
  let max: Browser;
  before(async () => {
    api = await openApi();
    [one, other] = [await addInstance(api.app, "one"), await addInstance(api.app, "two")];
    await api.addUser("anna", "administrator");
    const member = await api.addUser("max", "member");
    await grantAccess(api.app.db, member.id, one.instance);
    [anna, max] = [await api.browser("anna"), await api.browser("max")];
    await setPullRequestScan(api.app.db, one.repository, 1, {
      ...{ scanId: one.scan, iteration: 1, commit: "c".repeat(40), outcome: "complete" },
    });
  });
  after(() => api.close());

  const base = () => `/api/instances/${one.instance}/policies`;
  const list = async (by = anna) => (await by.call("GET", base())).json<Policies>();
  const verdicts = async () =>
    (await max.call("GET", `/api/pull-requests/${one.repository}/1/verdicts`)).json<{ rows: VerdictRow[] }>().rows;

  async function decide(): Promise<void> {
    const pullRequest = await getPullRequest(api.app.db, one.repository, 1);
    const findings = await listPullRequestFindings(api.app.db, one.repository, 1);
    assert(pullRequest);
    await decideForPullRequest(api.app, { pullRequest: { ...pullRequest, scannedIteration: 1 }, findings, base: "b" });
  }

  it("come built in; each can be switched, none changed", async () => {
    const { rows, source, version } = await list(max);
    assert.equal(source, null);
    assert(rows.every(({ from, version: changes }) => from === "built-in" && changes === null));
    await decide();
    const off = await anna.call("PUT", `${base()}/new-secrets/enabled`, { enabled: false });
    assert.equal(off.statusCode, 200, off.body);
    assert.deepEqual([off.json<PolicyRow>().policy.enabled, off.json<PolicyRow>().changedBy], [false, "anna"]);
    assert.notEqual((await list()).version, version);
    const builtIn = rows[0]!.policy;
    assert.equal((await anna.call("PUT", `${base()}/${builtIn.id}`, builtIn)).statusCode, 409);
    assert.equal((await anna.call("DELETE", `${base()}/${builtIn.id}`)).statusCode, 409);
    assert.equal((await max.call("PUT", `${base()}/new-secrets/enabled`, { enabled: true })).statusCode, 403);
    assert.equal((await max.call("GET", `/api/instances/${other.instance}/policies`)).statusCode, 404);
    // The open pull request is judged again.
    const { waiting = 0 } = (await api.app.jobs.pending()).find(({ queue }) => queue === "give-feedback") ?? {};
    assert.equal(waiting, 1);
  });

  it("are read while they are written, as fields and as text", async () => {
    const check = async (body: unknown) => {
      const answer = await max.call("POST", "/api/policies/check", body);
      assert.equal(answer.statusCode, 200, answer.body);
      return answer.json<PolicyCheck>();
    };
    const { text, policy, says, problems } = await check({ policy: draft });
    assert.deepEqual([policy, says, problems], [draft, ["in src/**"], []]);
    assert.deepEqual((await check({ text })).policy, draft);
    const empty = await check({ policy: { ...draft, id: "", when: [{}] } });
    assert.deepEqual([empty.policy, empty.problems.map(({ field }) => field)], [null, ["id", "when[0]"]]);
    const [wrong] = (await check({ text: text.replace("block", "blok") })).problems;
    assert.deepEqual([wrong?.line, wrong?.field.startsWith("actions")], [8, true], JSON.stringify(wrong));
    assert.match(wrong?.message ?? "", /^expected .* found "blok"/);
    assert.equal((await check({ text: "" })).problems[0]?.message, "expected one policy, found none");
  });

  it("are made, changed, cloned and taken away", async () => {
    assert.equal((await anna.call("POST", base(), { ...draft, actions: ["explode"] })).statusCode, 422);
    const made = await anna.call("POST", base(), draft);
    assert.deepEqual([made.statusCode, made.json<PolicyRow>().from], [201, "console"], made.body);
    assert.equal((await anna.call("POST", base(), draft)).statusCode, 409);
    const changed = await anna.call("PUT", `${base()}/no-settings`, { ...draft, name: "None" });
    assert.deepEqual([changed.json<PolicyRow>().policy.name, changed.json<PolicyRow>().version], ["None", 2]);
    const copy = await anna.call("POST", `${base()}/new-problems/clone`, { id: "ours", name: "Ours" });
    assert.deepEqual([copy.statusCode, copy.json<PolicyRow>().policy.enabled], [201, false], copy.body);
    assert.equal((await anna.call("DELETE", `${base()}/ours`)).statusCode, 204);
    assert.equal((await anna.call("GET", `${base()}/ours`)).statusCode, 404);
    const audit = (await anna.call("GET", "/api/audit")).json<{ rows: { action: string }[] }>().rows;
    assert.deepEqual(
      audit.map(({ action }) => action).filter((action) => action.startsWith("policy-")),
      ["policy-deleted", "policy-cloned", "policy-changed", "policy-made", "policy-switched-off"],
    );
  });

  it("decide by tags of repositories; each verdict is kept with what it rests on", async () => {
    await anna.call("PUT", `${base()}/new-problems/enabled`, { enabled: false });
    await decide();
    const tagged = await anna.call("PUT", `/api/repositories/${one.repository}/tags`, { tags: ["pci", "pci"] });
    assert.deepEqual(tagged.json(), { tags: ["pci"] }, tagged.body);
    await decide();
    await decide();
    const rows = await verdicts();
    assert.deepEqual(
      rows.map(({ outcome, decidedBy }) => [outcome, decidedBy.map(({ name }) => name)]),
      [
        ["blocked", ["None"]],
        ["passed", []],
        ["blocked", ["New problems", "New secrets"]],
      ],
    );
    const listed = async (query: string) =>
      (await max.call("GET", `/api/pull-requests?${query}`)).json<PullRequests>().rows.map(({ verdict }) => verdict);
    assert.deepEqual(
      (await listed("outcome=blocked")).map((verdict) => [verdict?.id, verdict?.decidedBy[0]?.name]),
      [[rows[0]!.id, "None"]],
    );
    assert.deepEqual(await listed("outcome=passed"), []);
    const repositories = await max.call("GET", "/api/repositories?tag=pci");
    assert.deepEqual(
      repositories.json<Repositories>().rows.map(({ id, tags }) => [id, tags]),
      [[one.repository, ["pci"]]],
    );
    const detail = (await max.call("GET", `/api/verdicts/${rows[0]!.id}`)).json<VerdictDetail>();
    assert.deepEqual(
      [detail.place.tags, detail.place.branch, detail.findings.map(({ actions }) => actions), detail.policies.length],
      [["pci"], ["default"], [[{ action: "block", policy: "no-settings" }]], 1],
    );
    assert.deepEqual([detail.evidence.commit, detail.evidence.base], ["c".repeat(40), "b"]);
    assert.equal((await max.call("GET", `/api/verdicts/${one.scan}`)).statusCode, 404);
  });

  it("that are only a draft are tried on what happened", async () => {
    const run = async (body: unknown) => {
      const answer = await max.call("POST", `${base()}/dry-run`, body);
      assert.equal(answer.statusCode, 200, answer.body);
      return answer.json<DryRunAnswer>();
    };
    const none = await run({ policies: [{ ...draft, when: [{ path: ["docs/**"] }] }] });
    assert.deepEqual([none.pullRequests, none.wouldBlock, none.newlyBlocked, none.freed], [1, 0, 0, 1]);
    const urgent = await run({ policies: [{ ...draft, when: [{ urgency: 1 }] }] });
    assert.equal(urgent.wouldBlock, 1, "urgency is known of pull requests, too");
    const same = await run({ policies: [{ ...draft, enabled: false }] });
    assert.deepEqual([same.wouldBlock, same.freed, same.authors], [1, 0, [{ author: "Dana", blocked: 1 }]]);
    assert.deepEqual(
      same.rows.map(({ was, wouldBe, findings }) => [was, wouldBe, findings.map(({ policy }) => policy)]),
      [["blocked", "blocked", ["no-settings"]]],
    );
    assert.deepEqual((await run({})).policies, [{ policy: "no-settings", blocked: 1 }]);
  });

  it("kept in a repository are not changed here", async () => {
    const url = `/api/instances/${one.instance}/policy-source`;
    const body = { repositoryId: one.repository, ref: "main", folder: "/policies/" };
    assert.equal((await anna.call("PUT", url, { ...body, repositoryId: other.repository })).statusCode, 404);
    assert.equal((await anna.call("PUT", url, { ...body, folder: "../x" })).statusCode, 422);
    const chosen = await anna.call("PUT", url, body);
    const { source, rows } = chosen.json<Policies>();
    assert.deepEqual(
      [source?.ref, source?.folder, source?.readCommit],
      ["refs/heads/main", "policies", null],
      chosen.body,
    );
    // Nothing was read yet: what was there decides on.
    assert(rows.some(({ policy }) => policy.id === "no-settings"));
    assert.equal((await anna.call("POST", base(), { ...draft, id: "more" })).statusCode, 409);
    assert.equal((await anna.call("DELETE", url)).json<Policies>().source, null);
    assert.equal((await anna.call("DELETE", url)).statusCode, 404);
  });
});
