import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sample } from "#scan/secrets/examples/example-values.ts";
import type { IssueDetail } from "../issues/contract.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { ExceptionRow, Exceptions, MadeExceptions } from "./contract.ts";

describe("exceptions", () => {
  let api: TestApi;
  let added: Added;
  let anna: Browser;
  let bob: Browser;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    await api.addUser("bob", "administrator");
    anna = await api.browser("anna");
    bob = await api.browser("bob");
  });
  after(() => api.close());

  const days = (count: number) => new Date(api.app.now().getTime() + count * 86_400_000).toISOString();
  const list = async (query = "") => (await anna.call("GET", `/api/exceptions${query}`)).json<Exceptions>().rows;
  const make = async (body: object) => {
    const answer = await anna.call("POST", "/api/exceptions", {
      issues: [added.issue],
      reason: "accepted-risk",
      ...body,
    });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<MadeExceptions>().outcomes[0]!;
  };
  const issue = async () => (await anna.call("GET", `/api/issues/${added.issue}`)).json<IssueDetail>();
  const settings = async (change: object) => {
    const usual = { expiryRequired: true, longestDays: 180, approvalFrom: null, reviewers: [], authorsMay: false };
    const url = `/api/instances/${added.instance}/exception-settings`;
    assert.equal((await anna.call("PUT", url, { ...usual, ...change })).statusCode, 200);
  };

  it("end some day, and are refused if that is too far", async () => {
    const far = await make({ until: days(400) });
    assert.equal(far.is, "refused");
    assert.match(far.why ?? "", /at most 180 days ahead/);
    assert.equal((await make({ until: days(-1) })).is, "refused");
    const { is, exception } = await make({ comment: "=known", everywhere: true });
    assert.equal(is, "made");
    const row = (await anna.call("GET", `/api/exceptions/${exception}`)).json<ExceptionRow>();
    assert.equal(row.until?.slice(0, 10), days(180).slice(0, 10));
    assert.deepEqual([row.source, row.repository, row.author, row.covers.issues], ["console", null, "anna", 1]);
    assert.equal((await issue()).state.is, "dismissed");
    assert.deepEqual(await list("?due=true"), []);
    const csv = (await anna.call("GET", "/api/exceptions.csv")).body;
    assert.match(csv, /accepted-risk,'=known,anna/);
  });

  it("can get another end, and are due before it", async () => {
    const [row] = await list();
    const url = `/api/exceptions/${row?.id}/extend`;
    assert.equal((await anna.call("POST", url, { until: null })).statusCode, 422);
    assert.equal((await bob.call("POST", url, { until: days(3) })).statusCode, 200);
    assert.equal((await list("?due=true")).length, 1);
    assert.equal((await issue()).state.until?.slice(0, 10), days(3).slice(0, 10));
  });

  it("are revoked by reopening the issue, which a line of the audit tells", async () => {
    assert.equal((await bob.call("POST", `/api/issues/${added.issue}/reopen`, {})).statusCode, 200);
    assert.equal((await issue()).state.is, "open");
    const [row] = await list("?state=revoked");
    assert.equal(row?.ended?.by, "bob");
    assert.equal((await anna.call("POST", `/api/exceptions/${row?.id}/revoke`, {})).statusCode, 409);
    const { rows } = (await anna.call("GET", "/api/audit")).json<{ rows: readonly { action: string }[] }>();
    assert.deepEqual(
      rows.map(({ action }) => action).filter((action) => action.startsWith("exception")),
      ["exception-revoked", "exception-extended", "exception-made"],
    );
  });

  it("hold in every repository for a secret that is rotated, without an end and without its value", async () => {
    const token = `ghp_${sample("base62", 36, "rotated")}`;
    const { is, exception } = await make({ reason: "rotated", comment: `revoked ${token}` });
    assert.equal(is, "made");
    const row = (await anna.call("GET", `/api/exceptions/${exception}`)).json<ExceptionRow>();
    assert.deepEqual([row.repository, row.until], [null, null]);
    assert.match(row.comment, /^revoked •+$/);
    assert.equal((await bob.call("POST", `/api/issues/${added.issue}/reopen`, {})).statusCode, 200);
  });

  it("wait for a second person where that is wanted, and cover nothing until then", async () => {
    await settings({ approvalFrom: "high" });
    const { is, exception } = await make({});
    assert.equal(is, "pending");
    assert.equal((await issue()).state.is, "open");
    const again = await make({});
    assert.deepEqual([again.is, again.exception], ["pending", exception]);
    const approve = `/api/exceptions/${exception}/approve`;
    assert.equal((await anna.call("POST", approve, {})).statusCode, 409);
    assert.equal((await bob.call("POST", approve, {})).statusCode, 200);
    const { state, events } = await issue();
    assert.equal(state.is, "dismissed");
    assert.deepEqual(
      events.slice(-2).map((event) => event.is),
      ["exception-asked", "dismissed"],
    );
    await bob.call("POST", `/api/exceptions/${exception}/revoke`, {});
    const second = await make({});
    assert.equal((await bob.call("POST", `/api/exceptions/${second.exception}/refuse`, {})).statusCode, 200);
    assert.equal((await issue()).state.is, "open");
  });

  it("are nobody's who may not see the instance", async () => {
    await api.addUser("nobody", "member");
    const nobody = await api.browser("nobody");
    const [row] = await list();
    assert.equal((await nobody.call("GET", "/api/exceptions")).json<Exceptions>().total, 0);
    assert.equal((await nobody.call("GET", "/api/exceptions.csv")).body.trim().split("\r\n").length, 1);
    assert.equal((await nobody.call("GET", `/api/exceptions/${row?.id}`)).statusCode, 404);
    for (const verb of ["approve", "refuse", "revoke"]) {
      assert.equal((await nobody.call("POST", `/api/exceptions/${row?.id}/${verb}`, {})).statusCode, 404);
    }
    const body = { issues: [added.issue], reason: "false-positive" };
    const [outcome] = (await nobody.call("POST", "/api/exceptions", body)).json<MadeExceptions>().outcomes;
    assert.match(outcome?.why ?? "", /no such issue/);
    const settingsUrl = `/api/instances/${added.instance}/exception-settings`;
    assert.equal((await nobody.call("GET", settingsUrl)).statusCode, 404);
  });
});
