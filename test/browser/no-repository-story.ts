/** What a person sees whose only organization has no repository: no page is silent about it. One story, told last: it connects more. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Connection } from "#api/connections/contract.ts";
import type { CreatedInstance } from "#api/instances/contract.ts";
import { addOrganization, addProject, addToken, addUser } from "../../emulator/build-world.ts";
import { createStory } from "./create-story.ts";
import { tellPage } from "./open-browser.ts";
import { type SharedConnected, shareConnected } from "./open-connected.ts";
import { partsOf } from "./parts-of.ts";

let shared: SharedConnected;
let theirs: Page;

const step = createStory(() => tellPage(theirs, shared.complaints));

before(async () => {
  shared = await shareConnected();
});

after(() => shared?.close());

step("an organization without any repository is connected, and one person sees it alone", async () => {
  const { sallyport, api, browser } = shared;
  const { world } = sallyport.emulator;
  const organization = addOrganization(world, "quietwater");
  addProject(world, organization, "Nothing");
  const owner = addUser(world, "Olga Owner", { organization, group: "project administrators" });
  const tokens = [{ value: addToken(world, owner, { organization }).value }];
  const connection = { method: "pat", organizations: [organization.name], tokens };
  const { draft } = await api.post<Connection>("/api/connections", connection);
  const choice = { draft, name: "Quietwater", takes: { is: "existing-and-future" } };
  const { id } = await api.post<CreatedInstance>("/api/instances", choice);
  const member = { name: "Ines Moreau", password: "two gates and a bridge" };
  await api.post("/api/users", { ...member, role: "member", instances: [id] });
  theirs = await (await browser.openContext()).newPage();
  await theirs.goto(sallyport.url);
  await theirs.getByLabel("Name").fill(member.name);
  await theirs.getByLabel("Password", { exact: true }).fill(member.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
});

step("what is missing is told, with what to look at", async () => {
  const { url } = shared.sallyport;
  await theirs.getByText("No repository yet").waitFor();
  await theirs.getByRole("link", { name: "See what is connected" }).waitFor();
  await partsOf(theirs).noBarriers();
  await theirs.goto(`${url}/scans`);
  await theirs.getByRole("link", { name: "See the repositories" }).click();
  await theirs.getByText("What is connected has no repository that its account may read.").waitFor();
  await theirs.getByRole("link", { name: "See what is connected" }).click();
  await theirs
    .getByRole("row", { name: /Quietwater/ })
    .getByRole("link", { name: "Quietwater" })
    .click();
  await theirs.getByText("The connection works, and nothing is watched yet: it has no repository").waitFor();
  await theirs.goto(`${url}/dashboards`);
  await theirs.getByText("Figures appear once a connected repository is scanned").waitFor();
  await theirs.context().close();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(shared.complaints, []);
});
