/**
 * What a person does with infrastructure as code: read an issue with its resource and the change that solves it, find the
 * policy, switch it off, grade it otherwise. One story; each test goes on where the one before ended.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Instances } from "#api/instances/contract.ts";
import type { Issues } from "#api/issues/contract.ts";
import type { RuleDetail } from "#api/rules/contract.ts";
import type { ApiClient } from "../../scripts/demo/api-client.ts";
import { until } from "../stories/until.ts";
import { cloneRepository } from "../stories/working-copy.ts";
import { createStory } from "./create-story.ts";
import { type OpenBrowser, tellPage } from "./open-browser.ts";
import { shareConnected } from "./open-connected.ts";
import { type PageParts, partsOf } from "./parts-of.ts";
import type { RunningSallyport } from "./start-sallyport.ts";
import { takeScreenshot } from "./take-screenshot.ts";

/** The name that connectDemo gives the administrator. */
const person = "demo";

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

step("an issue of infrastructure shows its resource and a change that solves it", async () => {
  const { title } = await look.answerOf<RuleDetail>("rules/CKV_AZURE_44");
  await page.goto(`${sallyport.url}/issues?framework=terraform&search=team-storage+CKV_AZURE_44`);
  await page.getByText("No issue fits these filters").waitFor();
  await page.goto(`${sallyport.url}/issues?framework=terraform&search=CKV_AZURE_44`);
  await look.listHas("Issues", await look.totalOf("issues", "state=open&framework=terraform&search=CKV_AZURE_44"));
  await look.issueRows().filter({ hasText: "teams.tf" }).getByRole("link", { name: title }).click();
  const pane = page.getByRole("article", { name: "Issue" });
  await pane.getByRole("heading", { name: "The resource" }).waitFor();
  await pane.getByText("module.analytics.azurerm_storage_account.team").first().waitFor();
  await pane.getByText("Terraform", { exact: true }).waitFor();
  // What a caller passes in is a finding of the caller, at its line.
  const marked = await pane.locator("tr[data-marked]").allInnerTexts();
  assert.ok(
    marked.some((line) => /^\d+\s+min_tls_version = "TLS1_0"$/.test(line)),
    marked.join("\n"),
  );
  const change = pane.getByRole("region", { name: "Change of teams.tf" });
  assert.match(await change.getByRole("row", { name: "removed" }).innerText(), /min_tls_version = "TLS1_0"/);
  assert.match(await change.getByRole("row", { name: "added" }).innerText(), /min_tls_version = "TLS1_2"/);
  await pane.getByText("Read it first: it may change how the resource works").waitFor();
  for (const known of ["CKV_AZURE_44", "NIST SP 800-53", "SC-8", "Microsoft MCSB", "DP-3"]) {
    await pane.getByText(known, { exact: true }).waitFor();
  }
  await look.noBarriers();
  await page.setViewportSize({ width: 1440, height: 1240 });
  await takeScreenshot(page, "infrastructure-issue");
  await page.setViewportSize({ width: 1440, height: 900 });
  await look.button("Copy the change of teams.tf as a patch").click();
  await look.button("Copied").waitFor();
  const patch = (await page.evaluate("navigator.clipboard.readText()")) as string;
  const copy = await cloneRepository(
    sallyport.gitAddress("Cloud Platform", "landing-zone"),
    sallyport.seed.token.value,
  );
  try {
    await copy.commit("The proposed change", { "proposed.patch": patch });
    await copy.git("apply", "proposed.patch");
    assert.match(await copy.git("diff", "--unified=0"), /^\+ {2}min_tls_version = "TLS1_2"$/m);
  } finally {
    await copy.remove();
  }
});

step("a policy is found by the id that people know, and tells what it is for", async () => {
  const rule = await look.answerOf<RuleDetail>("rules/CKV_AZURE_44");
  await page.getByRole("link", { name: rule.id }).click();
  await look.heading("Rules").waitFor();
  const pane = page.getByRole("article", { name: "Rule" });
  await pane.getByRole("heading", { name: rule.title }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForURL(/\/rules$/);
  const all = await look.totalOf("rules", "");
  await look.listHas("Rules", all);
  await look.noBarriers();
  // The last row of all is reached without holding all of them in the page.
  const list = page.getByRole("table", { name: "Rules" });
  await until("the end of the list is in view", async () => {
    await list.getByRole("row").last().hover();
    await page.mouse.wheel(0, 1_000_000);
    return (await list.locator(`[aria-rowindex="${all + 1}"]`).count()) === 1;
  });
  assert.ok((await list.getByRole("row").count()) < 100);

  await look.button("Framework").click();
  await page.getByRole("checkbox", { name: "Dockerfile" }).check();
  await page.keyboard.press("Escape");
  await page.waitForURL(/\?framework=dockerfile$/);
  await look.listHas("Rules", await look.totalOf("rules", "framework=dockerfile"));
  await look.button("Clear all").click();
  // By keyboard alone.
  await page.keyboard.press("/");
  await page.keyboard.type("ckv_azure_44 storage");
  await look.listHas("Rules", 1);
  await page.getByRole("searchbox").blur();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await pane.getByRole("heading", { name: "How to fix it" }).waitFor();
  for (const known of ["CKV_AZURE_44", "azurerm_storage_account", "Microsoft.Storage/storageAccounts", "DP-3"]) {
    await pane.getByText(known, { exact: true }).waitFor();
  }
  await look.noBarriers();
});

step("a policy is switched off, graded otherwise and put back, and its issues follow", async () => {
  const rule = await look.answerOf<RuleDetail>("rules/CKV_AZURE_44");
  const open = await look.totalOf("issues", `state=open&rule=${rule.id}`);
  const pane = page.getByRole("article", { name: "Rule" });
  await pane.getByRole("link", { name: `${open} open issues` }).waitFor();
  await pane.getByRole("switch", { name: "On in brightwater" }).focus();
  await page.keyboard.press("Space");
  await pane.getByText(`Changed by ${person}`).waitFor();
  await pane.getByText("No open issue").waitFor();
  await look.button("Clear all").click();
  await look.button("Changed by us").click();
  await look.listHas("Rules", 1);
  const list = page.getByRole("table", { name: "Rules" });
  await list.getByText("Off", { exact: true }).waitFor();
  await list.getByRole("link", { name: rule.title }).click();
  await pane.getByText("No open issue").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "policy");

  const { rows } = await look.answerOf<Issues>(`issues?state=fixed&rule=${rule.id}&limit=1`);
  const issue = `${sallyport.url}/issues/${rows[0]?.id}`;
  await page.goto(issue);
  await page.getByText(`${person} switched its rule off`).waitFor();
  await page.goBack();
  await pane.getByRole("switch", { name: "On in brightwater" }).click();
  await pane.getByRole("link", { name: `${open} open issues` }).waitFor();
  await pane.getByLabel("Severity in brightwater").selectOption("low");
  await pane.getByText("Graded low").waitFor();
  await until(
    "its issues are low",
    async () => (await look.totalOf("issues", `severity=low&rule=${rule.id}`)) === open,
  );
  await page.goto(issue);
  await page.getByText("Graded low in place of the rule’s own medium.").waitFor();
  await page.getByRole("article").getByText("Closed: the rule was switched off").waitFor();
  await look.noBarriers();
  await page.goBack();
  await pane.getByLabel("Severity in brightwater").selectOption("");
  await until(
    "they are as before",
    async () => (await look.totalOf("issues", `severity=medium&rule=${rule.id}`)) === open,
  );
});

step("who may not change a policy sees how it is set", async () => {
  const { rows: instances } = await api.get<Instances>("/api/instances");
  const member = { name: "Piet Janssen", password: "two gates and a bridge" };
  await api.post("/api/users", { ...member, role: "member", instances: instances.map(({ id }) => id) });
  const context = await browser.openContext();
  const theirs = await context.newPage();
  await theirs.goto(`${sallyport.url}/rules/CKV_AZURE_44`);
  await theirs.getByLabel("Name").fill(member.name);
  await theirs.getByLabel("Password", { exact: true }).fill(member.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  const pane = theirs.getByRole("article", { name: "Rule" });
  await pane.getByText("Administrators of Sallyport can change this.").waitFor();
  await pane.getByText(`Changed by ${person}`).waitFor();
  assert.equal(await pane.getByRole("switch").or(pane.getByRole("combobox")).count(), 0);
  await partsOf(theirs).noBarriers();
  await context.close();
});

step("what the code silences is found among the issues, with its reason and its line", async () => {
  await page.goto(`${sallyport.url}/issues?state=silenced`);
  await look.listHas("Issues", await look.totalOf("issues", "state=silenced"));
  await look.issueRows().first().getByText("Silenced", { exact: true }).waitFor();
  await look.issueRows().first().getByRole("link").first().click();
  const pane = page.getByRole("article", { name: "Issue" });
  const reason = "Journalists download pictures from here without signing in";
  await pane.getByText(`${reason}. Not counted as open`).waitFor();
  await pane.getByRole("heading", { name: "History" }).waitFor();
  await pane.getByText("Silenced in the code", { exact: true }).waitFor();
  assert.equal(await pane.getByRole("button", { name: "Dismiss" }).count(), 0);
  await look.noBarriers();
});

step("a scan tells what is good to know apart from what it could not read", async () => {
  await page.goto(`${sallyport.url}/scans`);
  await page
    .getByRole("row", { name: /landing-zone/ })
    .getByRole("link")
    .first()
    .click();
  await page.getByRole("heading", { name: "Good to know" }).waitFor();
  await page.getByText("iac: unused-skip").waitFor();
  await page.getByText("This skip of CKV_AZURE_137 silences nothing").waitFor();
  await page.getByText("Everything was read").waitFor();
  await look.noBarriers();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
