/**
 * What a person does with a long list of issues: goes through it by keys, chooses and dismisses several, sees why one comes
 * first, looks at it in groups, keeps a view, takes an exception back, waits for a second person, and tries other weights. One story.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { ExceptionSettingsBody, Exceptions } from "#api/exceptions/contract.ts";
import type { IssueDetail, Issues } from "#api/issues/contract.ts";
import type { IssueGroups } from "#api/issues/many-contract.ts";
import type { ApiClient } from "../../scripts/demo/api-client.ts";
import { createStory } from "./create-story.ts";
import { type OpenBrowser, tellPage } from "./open-browser.ts";
import { shareConnected } from "./open-connected.ts";
import type { PageParts } from "./parts-of.ts";
import type { RunningSallyport } from "./start-sallyport.ts";
import { takeScreenshot } from "./take-screenshot.ts";

let sallyport: RunningSallyport;
let api: ApiClient;
let browser: OpenBrowser;
let page: Page;
let look: PageParts;
let complaints: readonly string[];
let close: () => Promise<void>;
let all: number;

const step = createStory(() => tellPage(page, complaints));

before(async () => {
  ({ sallyport, api, browser, page, complaints, look, close } = await shareConnected());
  await look.historiesAreRead();
});

after(() => close?.());

const dialog = () => page.getByRole("dialog");
const chosen = () => page.getByRole("toolbar", { name: "Chosen issues" });
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

step("the most urgent come first, and several are dismissed by keys alone", async () => {
  await page.getByRole("link", { name: "Issues", exact: true }).click();
  all = await look.totalOf("issues", "state=open");
  await look.listHas("Issues", all);
  const { rows } = await look.answerOf<Issues>("issues?state=open&sort=urgency&limit=1");
  await look.issueRows().first().getByText(String(rows[0]?.urgency)).first().waitFor();
  await press("j", "j", "x", "j", "x");
  await chosen().getByText("2 issues chosen").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "triage");
  await press("d");
  await dialog().getByText("Dismiss 2 issues").waitFor();
  await dialog().getByLabel("Accepted risk").check();
  // Letters that are keys elsewhere are letters here.
  await dialog().getByLabel("Comment").fill("");
  await dialog().getByLabel("Comment").pressSequentially("jxd? Looked at.");
  await look.noBarriers();
  await dialog().getByRole("button", { name: "Dismiss" }).click();
  await page.getByText("2 issues are dismissed.").waitFor();
  await look.listHas("Issues", all - 2);
  await chosen().waitFor({ state: "hidden" });
});

step("what somebody else decides meanwhile is not chosen any more", async () => {
  const { rows } = await look.answerOf<Issues>("issues?state=open&sort=urgency&limit=1");
  const first = `/api/issues/${rows[0]?.id}`;
  for (const at of [0, 1]) await look.issueRows().nth(at).getByRole("checkbox").click();
  await chosen().getByText("2 issues chosen").waitFor();
  await api.post(`${first}/dismiss`, { reason: "accepted-risk" });
  await chosen().getByText("1 issue chosen").waitFor();
  await api.post(`${first}/reopen`, {});
  await look.listHas("Issues", all - 2);
  await look.button("Choose none").click();
});

step("what is typed is no key; the keys are told", async () => {
  await press("/");
  await page.keyboard.type("x?d");
  await page.waitForURL(/search=x/);
  assert.equal((await dialog().count()) + (await chosen().count()), 0);
  await look.button("Clear all").click();
  await page.getByRole("searchbox").blur();
  await press("?");
  await dialog().getByText("Choose it, or not").waitFor();
  await look.noBarriers();
  await press("Escape");
  await dialog().waitFor({ state: "hidden" });
});

step("an issue says why it comes first, and what is missing", async () => {
  await look.listHas("Issues", all - 2);
  await press("j", "o");
  await page.waitForURL(/\/issues\/[0-9a-f-]+$/);
  const issue = await look.answerOf<IssueDetail>(`issues/${page.url().split("/").at(-1)}`);
  const pane = page.getByRole("article", { name: "Issue" });
  await pane.getByRole("heading", { name: `Urgency: ${issue.urgency} of 100` }).waitFor();
  const missing = issue.urgencyPoints.filter(({ isMissing }) => isMissing).length;
  assert.ok(missing > 0);
  assert.equal(await pane.getByText("Missing:").count(), missing);
  await pane.getByRole("heading", { name: "Policies" }).waitFor();
  await look.noBarriers();
  await press("Escape");
  await page.waitForURL(/\/issues$/);
});

step("issues come in groups, and one group is opened", async () => {
  await page.getByRole("combobox", { name: "Groups" }).click();
  await page.getByRole("option", { name: "By repository" }).click();
  await page.waitForURL(/by=repository/);
  const { rows } = await look.answerOf<IssueGroups>("issues/groups?by=repository&state=open&limit=1");
  const [group] = rows;
  assert.ok(group !== undefined);
  await look.noBarriers();
  await takeScreenshot(page, "issue-groups");
  await page.getByRole("link", { name: `Show ${group.count} issues of ${group.title}` }).click();
  await page.waitForURL(/repositoryId=/);
  await look.listHas("Issues", group.count);
});

step("what is set is kept as a view, and comes back", async () => {
  await look.button("Views").click();
  await page.getByRole("menuitem", { name: "Keep what is set now" }).click();
  await dialog().getByLabel("Name").fill("The first one");
  await dialog().getByLabel("For everybody").check();
  await look.noBarriers();
  await dialog().getByRole("button", { name: "Keep it" }).click();
  await look.button("The first one").waitFor();
  await look.button("Clear all").click();
  await look.button("Views").click();
  await page.getByRole("menuitem", { name: "The first one (shared)" }).click();
  await page.waitForURL(/repositoryId=/);
  await look.button("The first one").click();
  await page.getByRole("menuitem", { name: "Delete “The first one”" }).click();
  await look.button("Views").waitFor();
});

step("the register has every decision, and takes one back", async () => {
  await page.getByRole("link", { name: "Exceptions", exact: true }).click();
  await look.heading("Exceptions").waitFor();
  await page.goto(`${sallyport.url}/exceptions?source=console&state=active`);
  const { rows } = await look.answerOf<Exceptions>("exceptions?source=console&state=active");
  assert.equal(rows.length, 2);
  const table = page.getByRole("table", { name: "Exceptions" });
  await table.getByText("jxd? Looked at.").first().waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "exceptions");
  const csv = await page.request.get(
    new URL((await page.getByRole("link", { name: "Export as CSV" }).getAttribute("href")) ?? "", page.url()).href,
  );
  assert.equal((await csv.text()).trim().split("\n").length, 3);
  await table
    .getByRole("button", { name: /^Actions of/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Set another end" }).click();
  await dialog().getByLabel("Until").fill("2099-01-01");
  await dialog().getByRole("button", { name: "Set the end" }).click();
  await dialog()
    .getByText(/at most 180 days ahead/)
    .waitFor();
  await look.noBarriers();
  await dialog().getByRole("button", { name: "Cancel" }).click();
  await dialog().waitFor({ state: "hidden" });
  await table
    .getByRole("button", { name: /^Actions of/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await page.getByText("The exception is over; what it covered is open again.").waitFor();
  assert.equal(await look.totalOf("issues", "state=open"), all - 1);
});

step("where a second person has to agree, an issue stays open until one does", async () => {
  const [instance] = (await look.answerOf<{ rows: { id: string }[] }>("instances")).rows;
  const settings = `/api/instances/${instance?.id}/exception-settings`;
  const usual = await api.get<ExceptionSettingsBody>(settings);
  await api.put(settings, { ...usual, approvalFrom: "low" });
  const second = { name: "Mira Lindqvist", password: "seven gates and a ferry" };
  await api.post("/api/users", { ...second, role: "member", instances: [instance?.id] });
  await page.goto(`${sallyport.url}/issues`);
  await look.listHas("Issues", all - 1);
  await press("j", "d");
  await dialog().getByLabel("False positive").check();
  await dialog().getByRole("button", { name: "Dismiss" }).click();
  await page.getByText("The issue stays open until a second person agrees to the exception.").waitFor();
  const address = `${sallyport.url}/exceptions?state=pending`;
  await page.goto(address);
  const actionsOn = async (where: Page) => {
    const table = where.getByRole("table", { name: "Exceptions" });
    await table.getByRole("button", { name: /^Actions of/ }).click();
  };
  await actionsOn(page);
  await page.getByRole("menuitem", { name: "Take back" }).waitFor();
  assert.equal(await page.getByRole("menuitem", { name: "Approve" }).count(), 0);
  const context = await browser.openContext();
  const theirs = await context.newPage();
  await theirs.goto(address);
  await theirs.getByLabel("Name").fill(second.name);
  await theirs.getByLabel("Password", { exact: true }).fill(second.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await actionsOn(theirs);
  await theirs.getByRole("menuitem", { name: "Approve" }).click();
  await theirs.getByText("The exception is in force.").waitFor();
  await context.close();
  assert.equal(await look.totalOf("issues", "state=open"), all - 2);
  await api.put(settings, usual);
});

step("other weights are tried before they are kept, and mistakes have a line", async () => {
  await page.getByRole("link", { name: "Urgency", exact: true }).click();
  const weights = page.getByRole("textbox", { name: "Weights, as YAML" });
  await weights.fill("weights:\n  severity: 500\n");
  await look.button("What would it do?").click();
  await page.getByText(/^Line 2: /).waitFor();
  await weights.fill("weights:\n  severity: 1\n  exposure: 90\n");
  await look.button("What would it do?").click();
  await page.getByRole("table", { name: "What it would do" }).waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "urgency");
  await look.button("Save").first().click();
  await page.getByText("The weights are kept.").waitFor();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
