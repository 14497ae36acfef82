/**
 * What a person does with policies: see why a pull request is blocked, make a policy with its YAML beside it, try it on what
 * happened, switch one off so that the pull request is freed, and ask for gates so that a red scan blocks. One story.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Gates } from "#api/gates/contract.ts";
import type { Policies } from "#api/policies/contract.ts";
import type { PullRequestDetail, PullRequests } from "#api/pull-requests/contract.ts";
import type { Session } from "#api/session/contract.ts";
import { type ApiClient, createApiClient } from "../../scripts/demo/api-client.ts";
import { openPullRequest } from "../stories/pull-request-calls.ts";
import { until } from "../stories/until.ts";
import { cloneRepository } from "../stories/working-copy.ts";
import { createStory } from "./create-story.ts";
import { type OpenBrowser, tellPage } from "./open-browser.ts";
import { shareConnected } from "./open-connected.ts";
import { type PageParts, partsOf } from "./parts-of.ts";
import type { RunningSallyport } from "./start-sallyport.ts";
import { takeScreenshot } from "./take-screenshot.ts";

let sallyport: RunningSallyport;
let api: ApiClient;
let browser: OpenBrowser;
let page: Page;
let look: PageParts;
let complaints: readonly string[];
let close: () => Promise<void>;

const step = createStory(() => tellPage(page, complaints));

before(async () => {
  ({ browser, sallyport, api, page, complaints, look, close } = await shareConnected());
  await until("the pull requests are judged", async () => {
    const { rows } = await look.answerOf<PullRequests>("pull-requests");
    return rows.length === 2 && rows.every(({ verdict }) => verdict !== null);
  });
});

after(() => close?.());

const policies = () => page.getByRole("table", { name: "Policies" });
const yaml = () => page.getByRole("textbox", { name: "Policy as YAML" });
const blocked = async () => (await look.answerOf<PullRequests>("pull-requests?outcome=blocked")).rows;

step("a blocked pull request says which policy decided, by which evidence", async () => {
  await page.goto(`${sallyport.url}/pull-requests?outcome=blocked`);
  const table = page.getByRole("table", { name: "Pull requests" });
  await table.getByText("Blocked").waitFor();
  assert.equal(await table.getByRole("row").count(), 2);
  await look.noBarriers();
  await table.getByRole("link", { name: "Tell the finance channel about refunds" }).click();
  await page.getByText("1 problem blocks it.").waitFor();
  await page.getByRole("link", { name: "Comment thread" }).waitFor();
  await page.getByText("sallyport/secrets", { exact: true }).waitFor();
  await page.getByText("Compared with").first().waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "pull-request");
  await look.button("Ask for fixes").click();
  await page.getByRole("dialog").getByText("Nothing can be changed").waitFor();
  await page.keyboard.press("Escape");
  await look.button("Scan again").click();
  await page.getByText("It is scanned again; the verdict follows.").waitFor();
  await page.getByRole("link", { name: "All places, and how to revoke it" }).click();
  await page.getByText("How to revoke it", { exact: true }).waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "New secrets" }).first().click();
  await look.heading("New secrets").waitFor();
  await page.getByText("It stays as it is: clone it and change the copy, or switch it off.").waitFor();
  await look.noBarriers();
});

step("a policy is made by a form, with its YAML beside it and mistakes where they are", async () => {
  await page.getByRole("link", { name: "Policies", exact: true }).first().click();
  await look.heading("Policies").waitFor();
  await policies().getByText("New, of severity medium or worse").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "policies");
  await page.getByRole("link", { name: "Make a policy" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Nothing in sources");
  assert.equal(await page.getByLabel("Id", { exact: true }).inputValue(), "nothing-in-sources");
  await look.button("Add a condition").click();
  await page.getByRole("menuitem", { name: "Path" }).click();
  const path = page.getByRole("combobox", { name: "Path, the conditions" });
  await path.fill("src/**");
  await path.press("Enter");
  await page.getByText("New, of severity high or worse, in src/**").waitFor();
  const written = await yaml().inputValue();
  assert.match(written, /^id: nothing-in-sources\n/);
  await yaml().fill(written.replace("severity: high", "severity: hihg"));
  await look
    .button('Line 5: when[0].severity: expected one of critical, high, medium, low, found "hihg" (did you mean high?)')
    .waitFor();
  assert.ok(await look.button("Make the policy").isDisabled());
  await look.noBarriers();
  await yaml().fill(written.replace("severity: high", "severity: low"));
  await page.getByText("New, of severity low or worse, in src/**").waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Severity, the conditions" }).inputValue(), "low");
});

step("it is tried on what happened before it is there", async () => {
  await look.button("Try it").click();
  await page.getByText("1 of 2 pull requests of the last 90 days would have been blocked").waitFor();
  await page.getByRole("rowheader", { name: "Jonas Lindqvist" }).waitFor();
  await page.getByRole("table", { name: "Pull requests of the dry run" }).getByText("Slack token").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "policy");
  await look.button("Make the policy").click();
  await look.button("Save the policy").waitFor();
  await look.heading("Nothing in sources").waitFor();
});

step("what is being written stays while somebody else saves the policy, and says so", async () => {
  const [instance] = (await look.answerOf<{ rows: { id: string }[] }>("instances")).rows;
  const { rows } = await look.answerOf<Policies>(`instances/${instance?.id}/policies`);
  const theirs = rows.find(({ policy }) => policy.id === "nothing-in-sources")?.policy;
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Nothing at all in sources");
  const other = { name: "Lea Moser", password: "sits at the next desk" };
  await api.post("/api/users", { ...other, role: "administrator", instances: [] });
  const lea = createApiClient(sallyport.url);
  lea.signedIn(await lea.post<Session>("/api/session", other));
  await lea.put(`/api/instances/${instance?.id}/policies/nothing-in-sources`, { ...theirs, graceDays: 3 });
  await comeBackLater();
  await page.getByText("Lea Moser saved this meanwhile").waitFor();
  assert.equal(await name.inputValue(), "Nothing at all in sources");
  await look.noBarriers();
  await look.button("Go on from theirs, and lose what is written here").click();
  await page.getByText("saved this meanwhile").waitFor({ state: "hidden" });
  assert.equal(await name.inputValue(), "Nothing in sources");
  assert.equal(await page.getByLabel("Grace").inputValue(), "3");
});

/** What is shown has become old by then, and is asked for anew. */
async function comeBackLater(): Promise<void> {
  await page.clock.install();
  await page.clock.fastForward("00:30");
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
}

step("switched off and deleted, policies let the pull request go", async () => {
  await look.button("Delete").click();
  await look.button("Delete the policy").click();
  await look.heading("Policies").waitFor();
  for (const name of ["New problems", "New secrets"]) {
    await policies().getByRole("switch", { name }).press("Space");
    await page.getByText(`“${name}” is off.`).waitFor();
  }
  await until("it is judged again", async () => (await blocked()).length === 0);
  const [instance] = (await look.answerOf<{ rows: { id: string }[] }>("instances")).rows;
  const { rows } = await look.answerOf<Policies>(`instances/${instance?.id}/policies`);
  assert.deepEqual(
    rows.filter(({ policy }) => policy.enabled).map(({ policy }) => policy.id),
    ["secrets-in-commits", "secrets-in-history", "minor-problems"],
  );
});

step("an older verdict shows what was open then, and what changed to the next one", async () => {
  const { rows } = await look.answerOf<PullRequests>("pull-requests");
  const judged = rows.find(({ title }) => title === "Tell the finance channel about refunds");
  await page.goto(`${sallyport.url}/pull-requests/${judged?.repository.id}/${judged?.number}`);
  const verdicts = page.getByRole("list", { name: "Verdicts" });
  await verdicts
    .getByRole("listitem")
    .filter({ hasText: /^Blocked/ })
    .first()
    .locator("a[href*='/pull-requests/']")
    .click();
  await page.getByRole("heading", { name: /^Verdict of / }).waitFor();
  await page.getByText("The policies were changed.").waitFor();
  await page.getByRole("list", { name: "Changed problems" }).getByText("Judged otherwise").waitFor();
  await page.getByRole("list", { name: "What was open then" }).getByText("Slack token").first().waitFor();
  await page.getByText("Compared with").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "verdict");
  await page.getByRole("link", { name: /!\d+$/ }).click();
  await look.heading("Tell the finance channel about refunds").waitFor();
  await page.getByRole("link", { name: "Policies", exact: true }).first().click();
});

step("a tag is put on a repository", async () => {
  await page.getByRole("link", { name: "Tags", exact: true }).click();
  const tags = page.getByRole("combobox", { name: "Tags of checkout-service" });
  await tags.fill("pci");
  await tags.press("Enter");
  await page.getByText("The tags of checkout-service are saved.").waitFor();
  await look.noBarriers();
});

step("issues are narrowed to what is tagged, by the address", async () => {
  await page.goto(`${sallyport.url}/issues`);
  await look.button("More").click();
  await page.getByRole("group", { name: "Repositories tagged" }).getByLabel("pci").check();
  await page.waitForURL(/tag=pci/);
  await look.listHas("Issues", await look.totalOf("issues", "state=open&tag=pci"));
  await look.noBarriers();
  await page.keyboard.press("Escape");
  await look.button("Remove the filter tagged pci").click();
  await look.listHas("Issues", await look.totalOf("issues", "state=open"));
  await page.goto(`${sallyport.url}/policies`);
});

step("gates are asked for, and say that a red scan blocks and who may pass by", async () => {
  await page.getByRole("link", { name: "Gates", exact: true }).click();
  const table = page.getByRole("table", { name: "Branches" });
  await table.getByText("No branch policy requires the status").first().waitFor();
  await look.button("Ask for gates").click();
  const dialog = page.getByRole("dialog", { name: "Ask for gates" });
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Ask for gates" }).click();
  await until("they are made", async () => {
    const { rows } = await look.answerOf<Gates>("gates");
    return rows.length > 0 && rows.every(({ state, bypassers }) => state === "effective" && bypassers !== null);
  });
  await table.getByText("Blocks", { exact: true }).first().waitFor();
  await table.getByRole("button", { name: "2 groups" }).first().click();
  await page.getByRole("dialog").getByText("Project Administrators").waitFor();
  await look.noBarriers();
  await page.keyboard.press("Escape");
  await takeScreenshot(page, "gates");
});

step("where policies are code, a pull request that changes them shows what they would have blocked", async () => {
  const { organization, token } = sallyport.seed;
  const [instance] = (await look.answerOf<{ rows: { id: string }[] }>("instances")).rows;
  const place = [...organization.repositories.values()].find(({ name }) => name === "checkout-service");
  assert.ok(place);
  await api.put(`/api/instances/${instance?.id}/policy-source`, { repositoryId: place.id, folder: "policies" });
  const copy = await cloneRepository(sallyport.gitAddress("Storefront", place.name), token.value);
  try {
    await copy.git("checkout", "--quiet", "-b", "stricter");
    const strict = "id: strict\nname: Strict\nwhen: { severity: low }\ntriggers: pull-request\nactions: block\n";
    await copy.commit("Block whatever is new", { "policies/strict.yml": strict });
    await copy.git("push", "--quiet", "origin", "stricter");
  } finally {
    await copy.remove();
  }
  const opened = await openPullRequest({ ...sallyport, organization, developerToken: token }, place, "stricter");
  await until("it is told so by a status", async () => {
    const { rows } = await look.answerOf<PullRequests>("pull-requests");
    if (rows.every(({ number }) => number !== opened.id)) return false;
    const { statuses } = await look.answerOf<PullRequestDetail>(`pull-requests/${place.id}/${opened.id}`);
    return statuses.some(({ name }) => name === "policies");
  });
  await page.goto(`${sallyport.url}/pull-requests/${place.id}/${opened.id}`);
  await page.getByRole("heading", { name: "The policies as it changes them" }).waitFor();
  await page.getByText("1 of 3 pull requests of the last 90 days would have been blocked").waitFor();
  await page.getByRole("table", { name: "Pull requests of the dry run" }).getByText("strict").first().waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "policy-preview");
});

step("who does not administer reads it on a narrow screen, and changes nothing", async () => {
  const [instance] = (await look.answerOf<{ rows: { id: string }[] }>("instances")).rows;
  const member = { name: "Noor Haddad", password: "two gates and a bridge" };
  await api.post("/api/users", { ...member, role: "member", instances: [instance?.id] });
  const context = await browser.openContext({ width: 420 });
  const theirs = await context.newPage();
  await theirs.goto(`${sallyport.url}/policies`);
  await theirs.getByLabel("Name").fill(member.name);
  await theirs.getByLabel("Password", { exact: true }).fill(member.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await theirs.getByRole("table", { name: "Policies" }).getByRole("link", { name: "New problems" }).waitFor();
  assert.equal(await theirs.getByRole("switch").count(), 0);
  assert.equal(await theirs.getByRole("link", { name: "Make a policy" }).count(), 0);
  await partsOf(theirs).noBarriers();
  await theirs.setViewportSize({ width: 390, height: 900 });
  for (const [path, name] of [
    ["pull-requests", "Pull requests"],
    ["scans", "Scans"],
    ["repositories", "Repositories"],
    ["policies/gates", "Branches"],
  ] as const) {
    await theirs.goto(`${sallyport.url}/${path}`);
    const table = theirs.getByRole("table", { name });
    await table.getByRole("cell").first().waitFor();
    const right = await table.evaluate((one) => one.getBoundingClientRect().right);
    assert.ok(right <= 390, `${name}: the list is cut at ${right}`);
  }
  await context.close();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
