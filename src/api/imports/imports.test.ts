import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { listPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import type { Issues } from "../issues/contract.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { ImportedAnswer } from "./contract.ts";

function sarif(tool: string, files: readonly string[], more: object = {}): string {
  const results = files.map((uri) => ({
    ...{ ruleId: "r1", level: "error", message: { text: `Bad in ${uri}` } },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 3 } } }],
  }));
  const driver = { name: tool, rules: [{ id: "r1", shortDescription: { text: "Something bad" } }] };
  return JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver }, results, ...more }] });
}

describe("imports", () => {
  let api: TestApi;
  let added: Added;
  let anna: Browser;
  let url = "";

  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    anna = await api.browser("anna");
    url = `/api/repositories/${added.repository}/imports`;
  });
  after(async () => api.close());

  const post = async (body: string | Buffer, query = "", headers: Record<string, string> = {}) =>
    anna.call("POST", `${url}${query}`, body, { "content-type": "application/json", ...headers });

  async function taken(body: string, query = ""): Promise<ImportedAnswer["imports"][number]> {
    const answer = await post(body, query);
    assert.equal(answer.statusCode, 200, answer.body);
    const [one] = answer.json<ImportedAnswer>().imports;
    assert(one);
    return one;
  }

  async function open(query = "scanner=imported&state=open"): Promise<readonly string[]> {
    const answer = await anna.call("GET", `/api/issues?${query}&sort=first-seen`);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer
      .json<Issues>()
      .rows.map(({ rule, at }) => `${rule} ${"path" in at ? at.path : ""}`)
      .sort();
  }

  it("become issues, and are replaced by the next of the same tool and category only", async () => {
    const first = await taken(sarif("Linter", ["a.js", "b.js"]));
    assert.deepEqual([first.branch, first.tool, first.counts.opened, first.counts.fixed], ["main", "Linter", 2, 0]);
    await taken(sarif("Linter", ["nightly.js"]), "?category=nightly");
    await taken(sarif("Other", ["c.js"]));
    const { repository: repositoryId, instance: instanceId } = added;
    // A scan of the house neither sees nor ends them.
    const branch = { instanceId: instanceId as InstanceId, repositoryId: repositoryId as RepositoryId };
    await applyBranchFindings(api.app.db, {
      ...branch,
      ...{ branch: "refs/heads/main", at: api.app.now(), replaced: "all", findings: [], secretsFoundBy: "test" },
    });
    const again = await taken(sarif("Linter", ["b.js", "d.js"]));
    assert.deepEqual([again.id, again.counts.opened, again.counts.fixed], [first.id, 1, 1]);
    assert.deepEqual(await open(), [
      "imported/linter/r1 b.js",
      "imported/linter/r1 d.js",
      "imported/linter/r1 nightly.js",
      "imported/other/r1 c.js",
    ]);
    const cut = await taken(sarif("Linter", ["b.js"], { invocations: [{ executionSuccessful: false }] }));
    assert.deepEqual([cut.counts.fixed, cut.problems.length], [0, 1]);
  });

  it("have the words of their tool, an urgency and an owner", async () => {
    const issues = (await anna.call("GET", "/api/issues?scanner=imported&state=open")).json<Issues>().rows;
    const [issue] = issues;
    assert.deepEqual([issue?.title, issue?.severity, issue?.novelty], ["Something bad", "high", issue?.novelty]);
    assert.ok(issue && issue.urgency > 0 && issue.owner);
    assert.deepEqual(new Set(issues.map(({ novelty }) => novelty)), new Set(["new", "backlog"]));
    const detail = (await anna.call("GET", `/api/issues/${issue.id}`)).json();
    assert.equal(detail.words.title, "Something bad");
  });

  it("of a pull request are what its target has not", async () => {
    const refused = await post(sarif("Stranger", ["a.js"]), "?pullRequest=1");
    assert.equal(refused.statusCode, 409);
    assert.match(refused.body, /Import its results for main first/);
    const done = await taken(sarif("Linter", ["b.js", "new.js"]), "?pullRequest=1");
    assert.deepEqual([done.counts.findings, done.counts.known, done.pullRequest], [1, 1, 1]);
    const all = await listPullRequestFindings(api.app.db, added.repository, 1);
    assert.deepEqual(all.map(({ finding, state }) => `${finding.rule} ${state}`).sort(), [
      "imported/linter/r1 open",
      "secrets/made-up open",
    ]);
    const gone = await taken(sarif("Linter", ["b.js"]), "?pullRequest=1");
    assert.equal(gone.counts.fixed, 1);
  });

  it("may be packed; what cannot be read is said with its place, and changes nothing", async () => {
    const packed = await post(gzipSync(sarif("Packed", ["p.js"])), "", { "content-encoding": "gzip" });
    assert.equal(packed.statusCode, 200, packed.body);
    const before = await open();
    const text = sarif("Linter", ["x.js", "y.js"]);
    const bomb = gzipSync(Buffer.concat([Buffer.from('{"x":"'), Buffer.alloc(60 * 1024 * 1024, "a")]));
    const cases: readonly (readonly [string | Buffer, Record<string, string>, number, RegExp])[] = [
      [text.slice(0, -60), {}, 422, /runs\[0\].results\[1\].*ends too early/],
      ["", {}, 422, /expected|too early/],
      ["<sarif/>", {}, 422, /an object was expected/],
      [Buffer.from(text), { "content-encoding": "gzip" }, 422, /unpacked/],
      [gzipSync(text).subarray(0, 40), { "content-encoding": "gzip" }, 422, /unpacked/],
      [bomb, { "content-encoding": "gzip" }, 422, /50 MB/],
      [text, { "content-encoding": "br" }, 415, /gzip/],
    ];
    for (const [body, headers, status, message] of cases) {
      const answer = await post(body, "", headers);
      assert.equal(answer.statusCode, status, answer.body);
      assert.match(answer.body, message);
    }
    assert.equal((await post(text, "?branch=a&pullRequest=1")).statusCode, 422);
    // As a build of a pull request calls what it builds.
    const merge = await post(text, "?branch=refs/pull/1/merge");
    assert.equal(merge.statusCode, 422, merge.body);
    assert.match(merge.body, /no branch.*pullRequest/);
    assert.deepEqual(await open(), before);
  });

  it("are listed, and forgotten with what they brought", async () => {
    const { rows, total } = (await anna.call("GET", url)).json<{ rows: ImportedAnswer["imports"]; total: number }>();
    assert.equal(rows.length, total);
    const other = rows.find(({ tool }) => tool === "Other");
    assert.equal((await anna.call("DELETE", `${url}/${other?.id}`)).statusCode, 204);
    assert.ok(!(await open()).some((line) => line.includes("/other/")));
    await api.addUser("maria", "member");
    const maria = await api.browser("maria");
    assert.equal((await maria.call("GET", url)).statusCode, 404);
    assert.equal((await maria.call("POST", url, sarif("X", []))).statusCode, 404);
  });
});
