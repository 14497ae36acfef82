/** Two emulated directories with an organization each, one person who belongs to one and visits the other, and an app. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { pino } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import { addEntraApp, addGuest, addTenant } from "../../../emulator/build-tenants.ts";
import { addMembership, addOrganization, addUser } from "../../../emulator/build-world.ts";
import { startEmulator } from "../../../emulator/start-emulator.ts";
import { addressesFrom } from "../addresses.ts";
import type { EntraApp } from "../entra/entra-app.ts";
import { openEntra } from "../entra/open-entra.ts";
import { signInProblem } from "../entra/sign-in-problem.ts";
import { openRemote } from "../open-remote.ts";
import { openTestBrowser, type TestBrowser } from "./test-browser.ts";

export const redirectUri = "http://127.0.0.1:8700/api/sign-ins/callback";
export const scopes = ["User.Read", "vso.code_write", "vso.project"];

type There = Awaited<ReturnType<typeof emulatedDirectory>>;

export async function emulatedDirectory(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-directory-"));
  const emulator = await startEmulator({ folder });
  t.after(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { world } = emulator;
  const home = addTenant(world, { name: "Contoso", domains: ["contoso.example", "contoso.onmicrosoft.example"] });
  const away = addTenant(world, { name: "Harbour", domains: ["harbour.example"] });
  const contoso = addOrganization(world, "contoso", { tenantId: home.id });
  const harbour = addOrganization(world, "harbour", { tenantId: away.id });
  const group = "project administrators";
  const ada = addUser(world, "Ada Brandt", { mail: "ada@contoso.example", organization: contoso, group });
  addGuest(world, ada, away);
  addMembership(harbour, ada, group);
  const registered = addEntraApp(world, {
    displayName: "Sallyport",
    redirectUris: [redirectUri],
    permissions: ["vso.code_write", "vso.project", "vso.build", "User.Read"],
  });
  const logged: string[] = [];
  const options = {
    addresses: addressesFrom(emulator.url),
    log: pino({ level: "debug" }, { write: (line: string) => void logged.push(line) }),
    userAgent: "sallyport/test",
    now: () => emulator.clock.now(),
  };
  const secret = (value: string) =>
    ({ clientId: registered.clientId, proof: { is: "secret", value: secretValue(value) } }) as const;
  return {
    emulator,
    world,
    home,
    away,
    contoso,
    harbour,
    ada,
    registered,
    /** Every line of the log so far. */
    logged,
    options,
    entra: openEntra(options),
    remote: openRemote(options),
    app: secret(registered.clientSecret),
    appWith: secret,
  };
}

interface Person {
  /** Ada if absent. */
  readonly mail?: string;
  readonly app?: EntraApp;
  readonly browser?: TestBrowser;
  readonly claims?: string;
}

/** Sends somebody through the pages; where they come back to, and what completes that. */
export async function signIn(there: There, tenant: string, person: Person = {}) {
  const { mail = there.ada.mail, app = there.app, browser = openTestBrowser(redirectUri), claims } = person;
  const wish = { tenant, redirectUri, scopes, loginHint: mail, ...(claims === undefined ? {} : { claims }) };
  const begun = await there.entra.begin(app, wish);
  const sight = await browser.signIn(begun.url, mail);
  assert.equal(sight.is, "back", sight.is === "page" ? sight.html : "");
  const address = sight.is === "back" ? sight.address : "";
  return { begun, address, complete: () => there.entra.complete(app, { ...begun, tenant, redirectUri }, address) };
}

export async function signedIn(there: There, tenant: string, person: Person = {}) {
  const { complete } = await signIn(there, tenant, person);
  const done = await complete();
  assert.ok(done.refreshToken);
  return { ...done, refreshToken: done.refreshToken };
}

export function bearer(value: SecretValue) {
  return { is: "bearer", identity: "test", token: async () => value } as const;
}

export async function refusal(call: Promise<unknown>): Promise<RemoteError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RemoteError, `refused, not ${String(error)}`);
  return error;
}

/** The code of what a sign-in is refused for. */
export async function problemOf(call: Promise<unknown>): Promise<string> {
  return signInProblem(await refusal(call)).code;
}
