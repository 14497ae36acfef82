import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { applyHistoryFindings } from "#store/issues/apply-history-findings.ts";
import { getIssue } from "#store/issues/issues.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { SecretDetail, SecretPlace, SecretPlaces } from "./contract.ts";

describe("a secret with many places", () => {
  let api: TestApi;
  let added: Added;
  let anna: Browser;
  let address: string;
  /** Scans record all places, or all but one. */
  let recorded: (of: { readonly without?: string | undefined }) => Promise<void>;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    anna = await api.browser("anna");
    const { finding } = (await getIssue(api.app.db, { is: "everything" }, added.issue))!;
    address = `/api/secrets/${added.instance}/${encodeURIComponent(finding.fingerprint)}`;
    const { instance: instanceId, repository: repositoryId } = added;
    const branch = { instanceId, repositoryId, branch: "refs/heads/main", at: api.app.now() };
    const on = (path: string, startLine: number): Finding => ({
      ...finding,
      at: { path, startLine, startColumn: 1, endLine: startLine, endColumn: 9 },
    });
    const today = [...Array(240).keys()].map((n) => on(`today/${n % 3}.env`, n + 1));
    // Twice in one line: that is one place.
    const origin = { commit: "b".repeat(40), author: "Dana", inHead: false, branches: [] };
    const former = [...Array(70).keys()].map((n) => ({
      ...on(`former/a b/${n}.env`, 1),
      ...(n % 2 === 0 && { origin: { ...origin, at: `2025-01-${10 + (n % 20)}T03:04:05+02:00` } }),
    }));
    const history = { silenced: [], scannerVersion: "1", isWhole: true } as const;
    recorded = async ({ without }) => {
      const left = (all: readonly Finding[]) =>
        all.filter(({ at }) => !isSpan(at) || `${at.path}:${at.startLine}` !== without);
      const findings = left([...today, on("today/0.env", 1)]);
      await applyBranchFindings(api.app.db, { ...branch, replaced: "all", findings });
      await applyHistoryFindings(api.app.db, { ...branch, ...history, findings: left(former) });
    };
    await recorded({});
  });
  after(() => api.close());

  const placesOf = async (query: string) => (await anna.call("GET", `${address}/places?${query}`)).json<SecretPlaces>();
  const nameOf = ({ path, line }: SecretPlace) => `${path}:${line}`;

  it("tells the first of them, and the rest page by page: each once, as many as are counted", async () => {
    const { places, files, placesFound, nextPlace } = (await anna.call("GET", address)).json<SecretDetail>();
    assert.deepEqual([places, files, placesFound.length], [310, 73, 100]);
    const found = placesFound.map(nameOf);
    for (let after = nextPlace; after !== null; ) {
      const { rows, total, next } = await placesOf(`limit=70&after=${encodeURIComponent(after)}`);
      assert.equal(total, 310);
      found.push(...rows.map(nameOf));
      after = next;
    }
    assert.deepEqual([found.length, new Set(found).size], [310, 310]);
    const whole = await placesOf("limit=500");
    assert.deepEqual([whole.rows.map(nameOf), whole.next], [found, null]);
    assert.equal((await placesOf("limit=310")).next, null, "nothing is left");
    assert.ok(whole.rows.slice(0, 240).every(({ inHead }) => inHead));
  });

  it("goes on from where a place stood that is gone meanwhile", async () => {
    const whole = (await placesOf("limit=500")).rows.map(nameOf);
    for (const limit of [20, 260]) {
      const { next } = await placesOf(`limit=${limit}`);
      const gone = whole[limit - 1];
      await recorded({ without: gone });
      const { rows, total } = await placesOf(`limit=500&after=${encodeURIComponent(next ?? "")}`);
      assert.deepEqual([rows.map(nameOf), total], [whole.slice(limit), 309]);
      await recorded({});
    }
  });

  it("says so where a page is asked for in other words, or by who may not see it", async () => {
    assert.equal((await anna.call("GET", `${address}/places?after=7`)).statusCode, 422);
    assert.equal((await (await api.browser("mia")).call("GET", `${address}/places`)).statusCode, 404);
  });
});
