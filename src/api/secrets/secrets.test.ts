import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { applyHistoryFindings } from "#store/issues/apply-history-findings.ts";
import { getIssue } from "#store/issues/issues.ts";
import type { IssueDetail } from "../issues/contract.ts";
import { type Added, addInstance, commit } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { SecretDetail, Secrets } from "./contract.ts";

const rule: Rule = {
  id: "secrets/made-up",
  aliases: [],
  title: "A made-up secret is exposed",
  provider: "Contoso",
  severity: "high",
  why: "Whoever reads it can make things up.",
  fix: "Make up another one.",
  links: ["https://example.com"],
};
const old = "b".repeat(40);

describe("secrets", () => {
  let api: TestApi;
  let added: Added;
  let browser: Browser;
  let fingerprint: string;
  before(async () => {
    api = await openApi({ rules: [rule] });
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    browser = await api.browser("anna");
    const origin = {
      commit: old,
      author: "Dana",
      at: "2025-01-02T03:04:05+02:00",
      inHead: true,
      branches: ["main", "topic"],
    };
    const { finding } = (await getIssue(api.app.db, { is: "everything" }, added.issue))!;
    const findings = ["src/settings.ts", "old.ts"].map(
      (path): Finding => ({ ...finding, at: { ...finding.at, path } as never, origin }),
    );
    fingerprint = finding.fingerprint;
    await applyHistoryFindings(api.app.db, { ...where(), findings, silenced: [], scannerVersion: "1", isWhole: true });
  });
  after(() => api.close());

  const where = () => {
    const { instance: instanceId, repository: repositoryId } = added;
    return { instanceId, repositoryId, branch: "refs/heads/main", at: api.app.now() };
  };
  const list = async (query = "", who = browser) => (await who.call("GET", `/api/secrets?${query}`)).json<Secrets>();
  const detail = async () =>
    (
      await browser.call("GET", `/api/secrets/${added.instance}/${encodeURIComponent(fingerprint)}`)
    ).json<SecretDetail>();

  it("are listed once, with provider, place and first commit", async () => {
    const { rows, total, providers } = await list();
    const [row] = rows;
    assert.deepEqual([total, providers, row?.provider, row?.title], [1, ["Contoso"], "Contoso", rule.title]);
    assert.deepEqual(row?.introduced, { commit: old, author: "Dana", at: "2025-01-02T01:04:05.000Z" });
    assert.deepEqual([row?.state, row?.inHead, row?.live, row?.places], ["open", true, null, 2]);
    assert.deepEqual([row?.at, row?.repository.name], [{ ...row?.at, path: "src/settings.ts" }, "one-repository"]);
    const queries = ["provider=Contoso", "provider=Fabrikam", "place=history", "live=unchecked", "sort=-introduced"];
    const totals = [];
    for (const query of [...queries, "search=+", "search=+old.ts+"]) totals.push((await list(query)).total);
    assert.deepEqual(totals, [1, 0, 0, 1, 1, 1, 1]);
  });

  it("tell every place with its link, what to do, and their issues", async () => {
    const { placesFound: places, words, signals, issues } = await detail();
    assert.deepEqual([words?.fix, signals, issues.map(({ id }) => id)], [rule.fix, ["checksum valid"], [added.issue]]);
    assert.deepEqual(
      places.map(({ path, inHead, branches, author }) => [path, inHead, branches, author]),
      [
        ["src/settings.ts", true, ["main", "topic"], "Dana"],
        ["old.ts", false, ["topic"], "Dana"],
      ],
    );
    assert.match(places[0]?.webUrl ?? "", new RegExp(`GC${commit}.*line=7`));
    assert.match(places[1]?.webUrl ?? "", new RegExp(`/commit/${old}$`));
  });

  it("that left the branch are open until they are rotated; their issue and the export say so", async () => {
    await applyBranchFindings(api.app.db, { ...where(), replaced: "all", findings: [], secretsFoundBy: "1" });
    assert.equal((await list("place=history&state=open")).total, 0);
    assert.deepEqual((await list("place=branch&state=open")).rows[0]?.branches, ["topic"]);
    const issue = async () => (await browser.call("GET", `/api/issues/${added.issue}`)).json<IssueDetail>();
    const { onlyInHistory, branches, origin, events, webUrl } = await issue();
    assert.deepEqual([onlyInHistory, branches, events.at(-1)?.is, webUrl], [true, ["topic"], "left-head", null]);
    assert.equal(origin?.commit, old);
    const [exported] = (await browser.call("GET", `/api/instances/${added.instance}/issues.json`)).json<
      { onlyInHistory: boolean }[]
    >();
    assert.equal(exported?.onlyInHistory, true);
    const dismissed = await browser.call("POST", `/api/issues/${added.issue}/dismiss`, { reason: "rotated" });
    assert.equal(dismissed.statusCode, 200, dismissed.body);
    const { state, inHead } = await detail();
    assert.deepEqual([state, inHead], ["dismissed", false]);
  });

  it("are nobody's who may not see the instance", async () => {
    const mia = await api.browser("mia");
    assert.deepEqual([(await list("", mia)).total, (await list("", mia)).providers], [0, []]);
    const path = `/api/secrets/${added.instance}/${encodeURIComponent(fingerprint)}`;
    assert.equal((await mia.call("GET", path)).statusCode, 404);
    assert.equal((await browser.call("GET", `/api/secrets/${added.instance}/nothing`)).statusCode, 404);
  });
});
