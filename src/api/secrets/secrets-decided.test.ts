import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import { getRepository, setChosen, upsertRepositories } from "#store/instances/repositories.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { getIssue } from "#store/issues/issues.ts";
import type { Audit } from "../audit/contract.ts";
import type { MadeExceptions } from "../exceptions/contract.ts";
import type { Overview } from "../overview/contract.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { Secrets } from "./contract.ts";

describe("several secrets", () => {
  let api: TestApi;
  let added: Added;
  let anna: Browser;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    anna = await api.browser("anna");
    await inSecondRepository();
  });
  after(() => api.close());

  /** It holds the secret of the first one, and another. */
  async function inSecondRepository(): Promise<void> {
    const { db } = api.app;
    const at = api.app.now();
    const { projectId, organizationId, remoteUrl, webUrl } = (await getRepository(db, added.repository))!;
    const id = randomUUID() as RepositoryId;
    const remote = { id, projectId, name: "second", defaultBranch: "refs/heads/main", size: 1, remoteUrl, webUrl };
    await upsertRepositories(db, organizationId, [{ ...remote, isDisabled: false, isFork: false }], at);
    await setChosen(db, added.instance, { is: "existing" }, { choosing: "everywhere" });
    const { finding } = (await getIssue(db, { is: "everything" }, added.issue))!;
    const findings: readonly Finding[] = [finding, { ...finding, fingerprint: "of its own" }];
    const branch = { instanceId: added.instance, repositoryId: id, branch: "refs/heads/main" };
    await applyBranchFindings(db, { ...branch, at, replaced: "all", findings });
  }

  const list = async (state: string) => (await anna.call("GET", `/api/secrets?state=${state}`)).json<Secrets>();

  it("are counted once each, beside their issues", async () => {
    const { total, issues } = await list("open");
    assert.deepEqual([total, issues], [2, 3]);
    const { openSecrets, openIssues } = (await anna.call("GET", "/api/overview")).json<Overview>();
    assert.deepEqual([openSecrets, openIssues.reduce((sum, { count }) => sum + count, 0)], [2, 3]);
  });

  it("are decided by one issue of each, everywhere, and each decision is on record", async () => {
    const { rows } = await list("open");
    const issues = rows.map(({ issueIds }) => issueIds[0]);
    const body = { issues, everywhere: true, reason: "used-in-tests", comment: "Both of the lab." };
    const { outcomes } = (await anna.call("POST", "/api/exceptions", body)).json<MadeExceptions>();
    assert.deepEqual(
      outcomes.map(({ is }) => is),
      ["made", "made"],
    );
    const { total, issues: dismissed } = await list("dismissed");
    assert.deepEqual([(await list("open")).total, total, dismissed], [0, 2, 3]);
    const { rows: audit } = (await anna.call("GET", "/api/audit")).json<Audit>();
    const made = audit.filter(({ action }) => action === "exception-made");
    assert.deepEqual(new Set(made.map(({ data }) => data.exception)), new Set(outcomes.map((one) => one.exception)));
    assert.equal(made.length, 2);
  });
});
