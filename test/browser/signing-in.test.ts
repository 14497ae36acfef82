/**
 * Connecting with Microsoft in a real browser: the app is registered, consent is declined and then given, two directories
 * are connected with one e-mail address, a sign-in ends and is renewed, a token that may too little says so. One story;
 * each test goes on where the one before ended.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { scopes } from "#model/scopes.ts";
import { addServicePrincipal } from "../../emulator/build-tenants.ts";
import { revokeSessions } from "../../emulator/entra/account-state.ts";
import { azureDevOpsPat } from "../../emulator/seeds/planted-secrets.ts";
import { createStory } from "./create-story.ts";
import { throughMicrosoft } from "./microsoft-pages.ts";
import { complaintsOf, type OpenBrowser, openBrowser, tellPage } from "./open-browser.ts";
import { type PageParts, partsOf } from "./parts-of.ts";
import { type RunningSallyport, startSallyport } from "./start-sallyport.ts";
import { takeScreenshot } from "./take-screenshot.ts";

const ada = "Ada Brandt";

let sallyport: RunningSallyport;
let browser: OpenBrowser;
let page: Page;
let look: PageParts;
let complaints: readonly string[];

const step = createStory(() => tellPage(page, complaints));

before(async () => {
  browser = await openBrowser();
  sallyport = await startSallyport();
  page = await (await browser.openContext()).newPage();
  complaints = complaintsOf(page);
  look = partsOf(page);
  await page.goto(sallyport.firstStart);
  await page.getByLabel("Name").fill("Mara Lindqvist");
  await page.getByLabel("Password", { exact: true }).fill("a gate within a gate");
  await look.button("Create the administrator").click();
  await look.heading("Overview").waitFor();
});

after(async () => {
  await browser?.close();
  await sallyport?.stop();
});

step("the wizard leads to the page that registers the app, and the app is entered", async () => {
  await page.goto(`${sallyport.url}/settings/integrations`);
  await page.getByRole("link", { name: "Add", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Set up the Microsoft Entra app" }).click();
  await look.heading("Microsoft Entra app").waitFor();
  await page.getByText(`${sallyport.url}/api/sign-ins/callback`).waitFor();
  await page.getByText("vso.code_write").waitFor();
  await look.noBarriers();
  const { app } = sallyport.seed;
  await page.getByLabel("Application (client) ID").fill(app.clientId);
  await page.getByRole("textbox", { name: "Client secret" }).fill(app.clientSecret);
  await look.button("Save the app").click();
  await page.getByText("People can sign in", { exact: true }).waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "entra-app");
});

step("a token that lacks two scopes names both, and what goes without, before anything is saved", async () => {
  const { organization, administrator } = sallyport.seed;
  const value = azureDevOpsPat("a token without builds and work items");
  sallyport.emulator.world.tokens.push({
    value,
    userId: administrator.id,
    displayName: "narrow",
    scopes: scopes.map(({ name }) => name.replace("vso.", "")).filter((name) => !/^(build|work_write)$/.test(name)),
    organization: organization.name,
  });
  await page.getByRole("link", { name: "Connect an organization" }).click();
  await page.getByRole("radio", { name: "Personal access token" }).check();
  await page.getByRole("combobox", { name: "Organizations" }).fill(organization.name);
  await page.getByRole("textbox", { name: "Personal access token" }).fill(value);
  await look.button("Check the token").click();
  const matrix = page.getByRole("table", { name: /^What works with Ada Brandt/ });
  await matrix.getByRole("row", { name: /Open work items Does not .*Work Items \(Read & write\)/ }).waitFor();
  await matrix.getByRole("row", { name: /Record builds Does not .*Build \(Read\)/ }).waitFor();
  await matrix.getByRole("row", { name: /Scan repositories Works/ }).waitFor();
  await page.getByText("Scopes and roles, one by one: 20 scopes, 2 missing").click();
  await page.getByText("Project Collection Administrator", { exact: true }).waitFor();
  await look.button("Continue with what works").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "rights");
});

step("a declined consent ends on a page that says what happened and what to do", async () => {
  await page.goto(`${sallyport.url}/settings/integrations/new`);
  await page.getByLabel("Organization, company domain or e-mail address").fill("brightwater");
  await takeScreenshot(page, "connect");
  await throughMicrosoft(page, look.button("Continue to Microsoft"), { account: ada, consent: "Cancel" });
  await page.getByRole("heading", { name: "The permissions were not accepted" }).waitFor();
  await page.getByText("AADSTS65004").waitFor();
  await look.noBarriers();
});

step("trying again connects the first organization", async () => {
  await throughMicrosoft(page, look.button("Try again"), { account: ada, consent: "Accept" });
  await page.getByRole("heading", { name: "Signed in as Ada Brandt" }).waitFor();
  assert.equal(await page.getByRole("checkbox", { name: "brightwater" }).isChecked(), true);
  await page.getByText("harbourline is in another directory").waitFor();
  await look.noBarriers();
  await connectAs("Brightwater");
});

step("the same person connects the other directory, a click away", async () => {
  await look.button("Connect another").click();
  await page.getByLabel("Organization, company domain or e-mail address").fill(sallyport.seed.administrator.mail);
  await throughMicrosoft(page, look.button("Continue to Microsoft"), { account: ada, consent: "Accept" });
  await page.getByText("brightwater is connected by the instance Brightwater").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "directories");
  await throughMicrosoft(page, look.button("Sign in to that directory"), { account: ada, consent: "Accept" });
  await page.getByRole("checkbox", { name: "harbourline" }).waitFor();
  await page.getByText(sallyport.seed.second.tenant.id).waitFor();
  await connectAs("Harbourline");
});

step("a token and the app itself join the sign-in as credentials, and leave again", async () => {
  const { app, organization } = sallyport.seed;
  const tenant = sallyport.emulator.world.entra.tenants.get(organization.tenantId);
  assert.ok(tenant);
  await page.goto(`${sallyport.url}/settings/integrations`);
  await page.getByRole("row", { name: /Brightwater/ }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Re-authenticate" }).click();
  await look.button("Add another credential").click();
  await page.getByRole("radio", { name: "Personal access token" }).check();
  await page.getByRole("textbox", { name: "Personal access token" }).fill(sallyport.seed.token.value);
  await look.button("Check the token").click();
  await page.getByText("Ready", { exact: true }).waitFor();
  await look.noBarriers();
  await look.button("Use it from now on").click();
  const credentials = page.getByRole("list", { name: "Credentials" });
  const reserves = credentials.getByRole("listitem").filter({ hasText: "in reserve" });
  await reserves.waitFor();

  addServicePrincipal(sallyport.emulator.world, tenant, app, organization, "collection administrators");
  await look.button("Add another credential").click();
  await page.getByRole("radio", { name: "Service principal or managed identity" }).check();
  await page.getByLabel("Directory ID").fill(tenant.id);
  await look.button("Check the identity").click();
  await page.getByText("Ready", { exact: true }).waitFor();
  await look.noBarriers();
  await look.button("Use it from now on").click();
  await reserves.filter({ hasText: "Service principal" }).waitFor();
  await look.noBarriers();
  for (const method of ["Service principal", "Personal access token"]) {
    const reserve = reserves.filter({ hasText: method });
    await reserve.getByRole("button", { name: "Remove" }).click();
    await reserve.waitFor({ state: "hidden" });
  }
  assert.equal(await look.button("Remove").count(), 0, "the last one cannot be removed");
});

step("a sign-in that Microsoft ends stops the instance, which says so and how to go on", async () => {
  const { second, administrator } = sallyport.seed;
  revokeSessions(sallyport.emulator.world, second.tenant, administrator);
  await page.goto(`${sallyport.url}/settings/integrations`);
  await page.getByRole("link", { name: "Harbourline" }).click();
  await look.heading("Harbourline").waitFor();
  await look.button("Sync now").click();
  await page.getByRole("list", { name: "Reasons" }).getByRole("link", { name: "Re-authenticate" }).click();
  await page.getByText("Must sign in again").waitFor();
  await look.noBarriers();
  await throughMicrosoft(page, look.button("Re-authenticate"), { account: ada, consent: "Accept" });
  await page.getByText("The sign-in is renewed").waitFor();
  await page.getByText("In good health").waitFor();
  await look.noBarriers();
  await page.getByRole("link", { name: "Health" }).click();
  await page.getByText("Connected", { exact: true }).waitFor();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});

/** From the organizations of a sign-in to an instance that is connected. */
async function connectAs(name: string): Promise<void> {
  await look.button("See what works").click();
  await look.button("Choose repositories").or(look.button("Continue with what works")).click();
  await page.getByText(/will be scanned\./).waitFor();
  await look.button("Review").click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await look.button("Save and connect").click();
  await page.getByText("Connected", { exact: true }).waitFor();
}
