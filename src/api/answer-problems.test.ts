import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fastify } from "fastify";
import { RemoteError } from "#model/remote-error.ts";
import { answerProblems } from "./answer-problems.ts";
import type { ApiServer } from "./api-server.ts";
import type { ProblemDetails } from "./shapes/problem-details.ts";
import { type Browser, openApi, type TestApi } from "./testing/open-api.ts";

describe("problems", () => {
  let api: TestApi;
  let browser: Browser;
  before(async () => {
    api = await openApi();
    await api.addUser("anna", "administrator");
    browser = await api.browser("anna");
  });
  after(() => api.close());

  it("point at every field that does not fit", async () => {
    const answer = await browser.call("POST", "/api/users", { name: " ", role: "king", extra: 1, instances: ["x"] });
    assert.equal(answer.statusCode, 422);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    const problem = answer.json<ProblemDetails>();
    assert.equal(problem.code, "invalid");
    assert.equal(problem.type, "urn:sallyport:problem#invalid");
    assert.equal(problem.status, 422);
    assert.match(problem.instance ?? "", /^urn:sallyport:request:/);
    const pointers = new Set(problem.errors?.map(({ pointer }) => pointer));
    for (const pointer of ["#/name", "#/password", "#/role", "#/extra", "#/instances/0"]) {
      assert.ok(pointers.has(pointer), `${pointer} in ${[...pointers].join(" ")}`);
    }
  });

  it("point into query and address", async () => {
    const query = (await browser.call("GET", "/api/issues?limit=0&severity=dire")).json<ProblemDetails>();
    assert.deepEqual(query.errors?.map(({ pointer }) => pointer).sort(), ["query/limit", "query/severity/0"]);
    const id = (await browser.call("GET", "/api/issues/1")).json<ProblemDetails>();
    assert.deepEqual(
      id.errors?.map(({ pointer }) => pointer),
      ["params/id"],
    );
    assert.match(id.detail ?? "", /^In the address id must be an id like [0-9a-f]{8}-[-0-9a-f]{27}\.$/);
    assert.match(query.detail ?? "", /limit must be >= 1\b.*severity must be one of: critical, high, medium, low/);
  });

  it("are those of the request where it holds what no text can", async () => {
    for (const query of ["issues?search=%00", "secrets?search=a%00b", "secrets?rule=%00"]) {
      assert.equal((await browser.call("GET", `/api/${query}`)).statusCode, 422, query);
    }
  });

  it("name what is missing, broken, too large or nowhere", async () => {
    const code = async (...call: Parameters<Browser["call"]>) => {
      const answer = await browser.call(...call);
      return [answer.statusCode, answer.json<ProblemDetails>().code];
    };
    const nobody = "00000000-0000-7000-8000-000000000000";
    assert.deepEqual(await code("GET", `/api/issues/${nobody}`), [404, "not-found"]);
    assert.deepEqual(await code("GET", "/api/nowhere"), [404, "not-found"]);
    assert.deepEqual(await code("PUT", "/api/session"), [404, "not-found"]);
    const json = { "content-type": "application/json" };
    assert.deepEqual(await code("POST", "/api/users", "{", json), [400, "invalid"]);
    assert.deepEqual(await code("POST", "/api/session", "x", { "content-type": "text/csv" }), [
      415,
      "unsupported-media-type",
    ]);
    assert.deepEqual(await code("POST", "/api/session", { name: "x".repeat(20_000), password: "y" }), [
      413,
      "too-large",
    ]);
  });

  it("tell of Azure DevOps, of the database, and nothing of a bug", async () => {
    const server = fastify() as unknown as ApiServer;
    answerProblems(server);
    const thrown: Record<string, Error> = {
      signedOut: new RemoteError("signed-out", "The token has expired."),
      busy: new RemoteError("rate-limited", "Too many calls.", { retryAfter: 1500 }),
      away: Object.assign(new Error("terminating connection"), { code: "57P01" }),
      fullDatabase: Object.assign(new Error("could not extend file"), { code: "53100" }),
      fullFolder: Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }),
      bug: new Error("undefined is not a function at secret place"),
    };
    for (const [name, error] of Object.entries(thrown)) {
      server.get(`/${name}`, async () => {
        throw error;
      });
    }
    const answers = await Promise.all(Object.keys(thrown).map((name) => server.inject({ url: `/${name}` })));
    assert.deepEqual(
      answers.map((answer) => [answer.statusCode, answer.json<ProblemDetails>().code, answer.headers["retry-after"]]),
      [
        [502, "remote-signed-out", undefined],
        [503, "remote-rate-limited", "2"],
        [503, "unavailable", "5"],
        [507, "no-room", undefined],
        [507, "no-room", undefined],
        [500, "internal", undefined],
      ],
    );
    assert.ok(!answers.at(-1)?.body.includes("secret place"));
    await server.close();
  });
});
