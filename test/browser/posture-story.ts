/**
 * What a person does about the settings of an organization: have them judged, read what fails and what is not known, walk an
 * attack path, look into a pipeline. One story; each test goes on where the one before ended.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { AttackPaths } from "#api/attack-paths/contract.ts";
import type { Instances } from "#api/instances/contract.ts";
import type { PostureList } from "#api/posture/contract.ts";
import type { ApiClient } from "../../scripts/demo/api-client.ts";
import { createStory } from "./create-story.ts";
import { type OpenBrowser, tellPage } from "./open-browser.ts";
import { shareConnected } from "./open-connected.ts";
import { type PageParts, partsOf } from "./parts-of.ts";
import type { RunningSallyport } from "./start-sallyport.ts";
import { takeScreenshot } from "./take-screenshot.ts";

let sallyport: RunningSallyport;
let api: ApiClient;
let page: Page;
let look: PageParts;
let complaints: readonly string[];
let close: () => Promise<void>;
let browser: OpenBrowser;

const step = createStory(() => tellPage(page, complaints));

before(async () => {
  ({ browser, sallyport, api, page, complaints, look, close } = await shareConnected());
});

after(() => close?.());

step("an organization is looked at when an administrator asks, and is told by category", async () => {
  await page.goto(`${sallyport.url}/posture`);
  await look.button("Judge now").click();
  await page.getByText("is looked at; what comes of it appears here").waitFor();
  const categories = page.getByRole("table", { name: "Answers by category" });
  await categories.getByRole("row", { name: /Protected resources/ }).waitFor();
  const [row] = (await look.answerOf<PostureList>("posture")).rows;
  assert(row && row.fail > 20 && row.pass > 100 && row.lastRun && row.lastRun.calls > 50, JSON.stringify(row));
  await look.noBarriers();
  await takeScreenshot(page, "posture");
  await page.getByText("Calls by what was read").click();
  await page.getByText("branch policies").waitFor();
  await categories.getByRole("link", { name: "Protected resources" }).click();
  await page.waitForURL(/\/posture\/rules\?.*category=resource/);
});

step("what fails is found by filters, and tells its proof, the exact setting and its issue", async () => {
  await look.button("Answer").click();
  await page.getByRole("checkbox", { name: "Fails" }).check();
  await page.keyboard.press("Escape");
  await page.waitForURL(/answer=fail/);
  await page.keyboard.press("/");
  await page.keyboard.type("brightwater-production");
  await page.waitForURL(/search=brightwater-production/);
  const rules = page.getByRole("region", { name: "Rules by category" });
  await rules.getByRole("link", { name: "A service connection is open to every pipeline" }).click();
  const pane = page.getByRole("article", { name: "Rule" });
  await pane.getByText("Every pipeline of the project may use it without being asked").waitFor();
  await pane.getByText("Security > Pipeline permissions > Restrict permission.", { exact: false }).first().waitFor();
  await pane.getByRole("list", { name: "Evidence" }).getByText("allPipelines.authorized = true").waitFor();
  await pane.getByRole("heading", { name: "How it is abused" }).waitFor();
  await look.noBarriers();
  await pane.getByRole("link", { name: "Its issue: open" }).click();
  const issue = page.getByRole("article", { name: "Issue" });
  await issue.getByText("Settings of Storefront").first().waitFor();
  await issue.getByRole("link", { name: "connection brightwater-production" }).waitFor();
  await issue.getByRole("list", { name: "Evidence" }).getByText("allPipelines.authorized = true").waitFor();
  await look.noBarriers();
});

step("what is not known says what would help, and an administrator allows it", async () => {
  await page.goto(`${sallyport.url}/posture/facts`);
  const missing = page.getByRole("listitem").filter({ hasText: "Policies of the organization" });
  await missing.getByText("5 rules wait for it").click();
  await missing.getByText("Nobody allowed it.").waitFor();
  await look.noBarriers();
  await missing.getByRole("link", { name: "settings of the instance" }).click();
  await page.getByRole("switch", { name: "Use calls that nobody documents" }).click();
  await look.button("Save how settings are looked at").click();
  // Other panels of the page were changed by the same person, in an earlier story.
  const panel = page.getByRole("region", { name: "Posture of the organization" });
  await panel.getByText("Changed by demo").waitFor();
  await panel.getByText("By which measure").click();
  await panel.getByLabel("People are stale after").waitFor();
  await look.noBarriers();
});

step("the way to production is walked step by step, and told where to cut", async () => {
  await page.goto(`${sallyport.url}/attack-paths`);
  const list = page.getByRole("table", { name: "Attack paths" });
  await list.getByRole("row", { name: /Critical/ }).waitFor();
  await look.noBarriers();
  await list.getByRole("link", { name: /subscription Brightwater Production/ }).click();
  const steps = page.getByRole("list", { name: "Steps of the path" }).getByRole("button");
  const told = page.getByRole("region", { name: "The chosen step" });
  await told.getByText("nobody looks at it first").waitFor();
  const count = await steps.count();
  assert.ok(count > 2, `${count} steps`);
  await steps.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("heading", { name: `Step 2 of ${count}` }).waitFor();
  await page.keyboard.press("End");
  await page.waitForURL(new RegExp(`step=${count}$`));
  assert.equal(await steps.last().evaluate((element) => element === element.ownerDocument.activeElement), true);
  await steps.filter({ has: page.locator("svg") }).click();
  await told.getByRole("heading", { name: "Cut here" }).waitFor();
  await told.getByText(/Ends .* of the organization/).waitFor();
  await told.getByRole("list", { name: "Evidence" }).getByRole("link").first().waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "attack-path");
});

step("a pipeline tells what it is made of, what it may use, and takes its bill along", async () => {
  await page.goto(`${sallyport.url}/pipelines?exposure=open-branches`);
  const list = page.getByRole("table", { name: "Pipelines" });
  await list.getByRole("row", { name: /orders-api deploy/ }).waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "pipelines");
  await list.getByRole("link", { name: "orders-api deploy" }).click();
  await page.getByRole("list", { name: "Service connections" }).getByText("brightwater-production").first().waitFor();
  await page.getByRole("list", { name: "Tasks" }).getByText("Mutable").first().waitFor();
  await page.getByRole("list", { name: "What fails" }).getByText("Any pushed branch starts").waitFor();
  await page.getByRole("region", { name: "Last runs" }).getByText("Succeeded").first().waitFor();
  await look.noBarriers();
  const bill = await page.getByRole("link", { name: "The bill of materials as CycloneDX" }).getAttribute("href");
  const written = await page.request.get(new URL(bill ?? "", page.url()).href);
  assert.equal(((await written.json()) as { bomFormat: string }).bomFormat, "CycloneDX");
});

const narrowPages = ["/attack-paths", "/pipelines", "/rules/cicd/approval-not-independent"];
const scrolledSideways = `[...document.querySelectorAll("main *")]
  .filter((one) => one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX))
  .map((one) => one.className)`;

step("who may only read walks a path on a narrow screen", async () => {
  const { rows: instances } = await api.get<Instances>("/api/instances");
  const member = { name: "Noor de Vries", password: "a dyke and seven locks" };
  await api.post("/api/users", { ...member, role: "member", instances: instances.map(({ id }) => id) });
  const [path] = (await look.answerOf<AttackPaths>("attack-paths")).rows;
  const context = await browser.openContext({ width: 390 });
  const theirs = await context.newPage();
  await theirs.goto(`${sallyport.url}/attack-paths/${path?.organizationId}/${path?.id}`);
  await theirs.getByLabel("Name").fill(member.name);
  await theirs.getByLabel("Password", { exact: true }).fill(member.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await theirs.getByRole("list", { name: "Steps of the path" }).getByRole("button").nth(1).click();
  await theirs.getByRole("heading", { name: /Step 2 of/ }).waitFor();
  assert.equal(await theirs.evaluate("document.documentElement.scrollWidth"), 390);
  await partsOf(theirs).noBarriers();
  await theirs.goto(`${sallyport.url}/posture`);
  await theirs.getByRole("table", { name: "Answers by category" }).waitFor();
  assert.equal(await theirs.getByRole("button", { name: "Judge now" }).count(), 0);
  assert.equal(await theirs.evaluate("document.documentElement.scrollWidth"), 390);
  for (const address of narrowPages) {
    await theirs.goto(`${sallyport.url}${address}`);
    await theirs.locator("table, article").first().waitFor();
    assert.deepEqual(await theirs.evaluate(scrolledSideways), [], address);
  }
  await context.close();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
