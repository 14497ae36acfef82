import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addEntraTo, judgeEntra } from "../entra/try-entra.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("access tokens, managed by a person who signed in with Microsoft Entra ID", () => {
  let one: TryWorld;
  let bearer = "";
  const path = "/_hosts/vssps.dev.azure.com/brightwater/_apis/tokens/pats";
  before(async () => {
    one = await openTryWorld();
    const entra = addEntraTo(one.emulator.world);
    const judge = judgeEntra(one.emulator.world, entra);
    bearer = (await judge.signIn(await judge.discover(entra.brightwater.id))).access_token;
  });
  after(() => one.close());

  const ask = (method: string, query = "", body?: unknown) =>
    one.ask(method, `${path}${query}`, {
      version: "7.1-preview.1",
      token: null,
      headers: { Authorization: `Bearer ${bearer}` },
      ...(body === undefined ? {} : { body }),
    });

  const inDays = (days: number) => new Date(one.emulator.clock.now().getTime() + days * 86_400_000).toISOString();

  it("are made, listed without their value, changed and revoked", async () => {
    const wanted = { displayName: "scanner", scope: "vso.code vso.project", validTo: inDays(10), allOrgs: false };
    const made = (await ask("POST", "", wanted)).json;
    assert.equal(made.patTokenError, "none");
    const { token, authorizationId } = made.patToken;
    const projects = () =>
      one.ask("GET", "/brightwater/_apis/projects", {
        token: null,
        headers: { Authorization: `Basic ${Buffer.from(`:${token}`).toString("base64")}` },
      });
    assert.equal((await projects()).status, 200);
    const listed = (await ask("GET")).json;
    assert.deepEqual(
      listed.patTokens.map((pat: { displayName: string; token: null }) => [pat.displayName, pat.token]),
      [["scanner", null]],
    );
    const changed = (await ask("PUT", "", { authorizationId, displayName: "scanner", scope: "vso.work" })).json;
    assert.equal(changed.patToken.scope, "vso.work");
    assert.equal((await ask("GET", `?authorizationId=${authorizationId}`)).json.patToken.scope, "vso.work");
    assert.equal((await ask("DELETE", `?authorizationId=${authorizationId}`)).status, 204);
    assert.equal((await projects()).status, 401);
  });

  it("are refused as 200 with the name of what is wrong", async () => {
    const wrong = async (body: Record<string, unknown>) =>
      (await ask("POST", "", { displayName: "x", scope: "vso.code", validTo: inDays(10), ...body })).json.patTokenError;
    assert.equal(await wrong({ displayName: " " }), "displayNameRequired");
    assert.equal(await wrong({ scope: "code" }), "invalidScope");
    assert.equal(await wrong({ validTo: inDays(-1) }), "invalidValidTo");
    assert.equal(await wrong({ validTo: inDays(400) }), "invalidValidTo");
    assert.equal(await wrong({ allOrgs: true }), "globalPatPolicyViolation");
  });
});
