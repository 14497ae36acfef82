import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { addEntraApp } from "../../../emulator/build-tenants.ts";
import { addEntraTo, openBrowser } from "../../../emulator/entra/try-entra.ts";
import { type Emulator, startEmulator } from "../../../emulator/start-emulator.ts";
import type { EntraAppSettings } from "../entra-app/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { BegunSignIn, SignInAttemptAnswer } from "./contract.ts";

const stray = "/settings/integrations/new?attempt=00000000-0000-0000-0000-000000000000";

describe("signing in with Microsoft Entra ID", () => {
  let api: TestApi;
  let emulator: Emulator;
  let folder: string;
  let anna: Browser;
  let bert: Browser;
  let entra: ReturnType<typeof addEntraTo>;
  let registered: ReturnType<typeof addEntraApp>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-sign-ins-"));
    emulator = await startEmulator({ folder });
    api = await openApi({ azureDevOpsUrl: emulator.url });
    entra = addEntraTo(emulator.world);
    registered = addEntraApp(emulator.world, {
      displayName: "Sallyport",
      redirectUris: ["http://127.0.0.1:8700/api/sign-ins/callback"],
      permissions: ["vso.code_write", "vso.project", "User.Read"],
    });
    for (const name of ["anna", "bert"]) await api.addUser(name, "administrator");
    await api.addUser("mia", "member");
    anna = await api.browser("anna");
    bert = await api.browser("bert");
  });
  after(async () => {
    await api.close();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const enter = (body: object) => anna.call("PUT", "/api/entra-app", body);
  const pathOf = (url: URL) => `${url.pathname}${url.search}`;

  it("needs the app registration, whose secret is taken with care and never shown", async () => {
    const hint = { hint: "brightwater" };
    const without = await anna.call("POST", "/api/sign-ins", hint);
    assert.deepEqual([without.statusCode, without.json<ProblemDetails>().code], [409, "no-entra-app"]);
    const { clientId, clientSecret } = registered;
    const proof = { is: "secret", value: clientSecret };
    const pointer = async (body: object) => (await enter(body)).json<ProblemDetails>().errors?.[0]?.pointer;
    assert.equal(await pointer({ clientId: "Sallyport", proof }), "#/clientId");
    assert.equal(await pointer({ clientId, proof: { is: "secret", value: clientId } }), "#/proof/value");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const key = privateKey.export({ type: "pkcs8", format: "pem" });
    const pasted = { is: "certificate", privateKey: key, certificate: "-----BEGIN CERTIFICATE-----" };
    const refused = await enter({ clientId, proof: pasted });
    assert.equal(refused.json<ProblemDetails>().errors?.[0]?.pointer, "#/proof/certificate");
    assert.equal((await enter({ clientId, proof })).statusCode, 204);
    const read = await anna.call("GET", "/api/entra-app");
    const { app, redirectUri, scopes } = read.json<EntraAppSettings>();
    assert.deepEqual([app?.clientId, app?.proof, app?.updatedBy], [clientId, "secret", "anna"]);
    assert.equal(redirectUri, "http://127.0.0.1:8700/api/sign-ins/callback");
    assert.ok(scopes.some(({ name }) => name === "vso.code_write"));
    assert.ok(!read.body.includes(clientSecret) && !api.logged.join("").includes(clientSecret));
  });

  it("comes back for the person who left, once, and repeats nothing of the address", async () => {
    const begun = (await anna.call("POST", "/api/sign-ins", { hint: "brightwater" })).json<BegunSignIn>();
    const away = new URL(begun.url);
    assert.equal(away.searchParams.get("code_challenge_method"), "S256");
    assert.deepEqual([begun.via, begun.tenant], ["organization", entra.brightwater.id]);
    assert.deepEqual((await anna.call("GET", `/api/sign-ins/${begun.attempt}`)).json(), { is: "under-way" });

    const browser = openBrowser(emulator.url);
    const consent = await browser.submit(await browser.open(begun.url), { account: entra.ada.mail });
    const { callback } = await browser.submit(consent, { consent: "accept" });
    assert.ok(callback);
    const stranger = await bert.call("GET", pathOf(callback));
    assert.deepEqual([stranger.statusCode, stranger.headers.location], [303, stray]);
    const nobody = await (await api.browser()).call("GET", pathOf(callback));
    assert.equal(nobody.headers.location, "/sign-in?next=%2Fsettings%2Fintegrations%2Fnew");
    const member = await (await api.browser("mia")).call("GET", pathOf(callback));
    assert.equal(member.headers.location, stray);

    const back = await anna.call("GET", pathOf(callback));
    assert.deepEqual(
      [back.statusCode, back.headers.location, back.headers["referrer-policy"]],
      [303, `/settings/integrations/new?attempt=${begun.attempt}`, "no-referrer"],
    );
    const outcome = (await anna.call("GET", `/api/sign-ins/${begun.attempt}`)).json<SignInAttemptAnswer>();
    assert.ok(outcome.is === "signed-in");
    assert.equal(outcome.account.userName, entra.ada.mail);
    assert.equal((await anna.call("GET", pathOf(callback))).headers.location, back.headers.location);
    assert.equal((await bert.call("GET", `/api/sign-ins/${begun.attempt}`)).statusCode, 404);
    const code = callback.searchParams.get("code") ?? "";
    assert.ok(code.length > 10 && !api.logged.join("").includes(code));
  });

  it("answers what belongs to nobody with words, and what was made up with nothing of it", async () => {
    const made = await anna.call("GET", "/api/sign-ins/callback?state=%3Cscript%3E&error=%22evil%22");
    assert.deepEqual([made.statusCode, made.headers.location, made.body], [303, stray, ""]);
    const told = (await anna.call("GET", `/api/sign-ins/${stray.slice(-36)}`)).json<SignInAttemptAnswer>();
    assert.ok(told.is === "problem" && told.problem.code === "state-mismatch");
    const late = (await anna.call("POST", "/api/sign-ins", { hint: "brightwater" })).json<BegunSignIn>();
    const state = new URL(late.url).searchParams.get("state") ?? "";
    api.pass(21 * 60_000);
    const tooLate = await anna.call("GET", `/api/sign-ins/callback?state=${state}&code=x`);
    assert.equal(tooLate.headers.location, stray);
  });

  it("is for administrators, and within reason", async () => {
    const mia = await api.browser("mia");
    assert.equal((await mia.call("POST", "/api/sign-ins", { hint: "brightwater" })).statusCode, 403);
    assert.equal((await mia.call("GET", "/api/entra-app")).statusCode, 403);
    let last = 0;
    for (let call = 0; call < 61; call += 1) {
      last = (await anna.call("POST", "/api/sign-ins", { hint: "not a name" })).statusCode;
    }
    assert.equal(last, 429);
  });
});
