/**
 * What a person does with packages: find who uses one, see what is open and known against it, follow its licence, take a bill
 * of materials away, decide how packages are judged. One story; each test goes on where the one before ended.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Instances } from "#api/instances/contract.ts";
import type { Issues } from "#api/issues/contract.ts";
import type { Knowledge } from "#api/knowledge/contract.ts";
import type { Licenses, Packages } from "#api/packages/contract.ts";
import type { ApiClient } from "../../scripts/demo/api-client.ts";
import { until } from "../stories/until.ts";
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

function rowsOf(table: string) {
  return page
    .getByRole("table", { name: table, exact: true })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
}

/** Until the answer is there, a table shows what was asked for before. */
async function hasRows(table: string, count: number): Promise<void> {
  await until(`${table} has ${count} rows`, async () => (await rowsOf(table).count()) === count);
}

step("packages of all repositories are searched and filtered by the address", async () => {
  await page.getByRole("link", { name: "Packages", exact: true }).click();
  await look.heading("Packages").waitFor();
  const all = await look.answerOf<Packages>("packages?limit=1");
  assert.ok(all.total > 10, String(all.total));
  await page
    .getByRole("status")
    .filter({ hasText: `${all.total} packages` })
    .waitFor();
  await page.getByText("Advisories are a sample, not for decisions").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "packages");

  await look.button("Ecosystem").click();
  await page.getByRole("checkbox", { name: "npm" }).check();
  await page.keyboard.press("Escape");
  await page.waitForURL(/\?ecosystem=npm$/);
  await look.button("Comes in").click();
  await page.getByRole("checkbox", { name: "Transitive" }).check();
  await page.keyboard.press("Escape");
  await page.waitForURL(/relation=transitive/);
  await rowsOf("Packages").filter({ hasText: "qs" }).getByText("6.7.0").waitFor();
  await hasRows("Packages", 1);
  await look.button("Remove the filter Transitive").click();
  await page.getByRole("combobox", { name: "Licence" }).click();
  await page.getByRole("option", { name: "WTFPL" }).click();
  await page.waitForURL(/license=WTFPL/);
  await rowsOf("Packages").filter({ hasText: "left-pad" }).waitFor();
  await look.button("Clear all").click();
  await page.getByRole("combobox", { name: "Repository" }).fill("orders");
  await page.getByRole("option", { name: "orders-api" }).click();
  await page.waitForURL(/repositoryId=/);
  await look.button("Remove the filter orders-api").waitFor();
  await rowsOf("Packages").filter({ hasText: "Newtonsoft.Json" }).waitFor();
  await look.noBarriers();
  await look.button("Clear all").click();
  // By keyboard alone.
  await page.keyboard.press("/");
  await page.keyboard.type("no-such-package");
  await page.getByText("No package fits these filters").waitFor();
  await look.noBarriers();
});

step("a package tells who uses it, what is open, and what is known against it", async () => {
  await page.goto(`${sallyport.url}/packages?search=lodash`);
  await rowsOf("Packages").getByRole("link", { name: "lodash", exact: true }).click();
  await look.heading("lodash").waitFor();
  const use = rowsOf("Who uses it").filter({ hasText: "checkout-service" });
  await use.getByText("4.17.15").waitFor();
  await use.getByText("Direct").waitFor();
  const href = await use.getByRole("link", { name: /package-lock\.json:\d+/ }).getAttribute("href");
  assert.match(href ?? "", /_git\/checkout-service\?path=%2Fpackage-lock\.json/);
  await page.getByText("Nothing is known about how it is kept up.").waitFor();
  await page.getByText("Affects 4.17.15.").first().waitFor();
  await page.getByText("Source: GitHub Advisory Database (CC-BY-4.0)").first().waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "package");
  await page.getByRole("link", { name: "4.17.15", exact: true }).click();
  await page.waitForURL(/\?version=4\.17\.15$/);
  await look.button("Only 4.17.15").click();
  await page.waitForURL(/\/packages\/npm\/lodash$/);
  // An old link leads behind the end.
  await page.goto(`${sallyport.url}/packages/npm/lodash?page=9`);
  await look.button("To its last page").click();
  await use.getByText("4.17.15").waitFor();
  // Names with a slash have an address as well.
  await page.goto(`${sallyport.url}/packages?search=ckeditor`);
  await rowsOf("Packages").getByRole("link", { name: "@ckeditor/ckeditor5-core" }).click();
  await look.heading("@ckeditor/ckeditor5-core").waitFor();
  await page.reload();
  await look.heading("@ckeditor/ckeditor5-core").waitFor();
  await page.goto(`${sallyport.url}/packages/npm/no-such-package`);
  await page.getByRole("alert").waitFor();
});

step("an issue about a package shows its way in, what ends it, and who says so", async () => {
  await page.goto(`${sallyport.url}/issues?ecosystem=npm&package=qs`);
  await look.button("Remove the filter qs (npm)").waitFor();
  const found = await look.answerOf<Issues>("issues?state=open&ecosystem=npm&package=qs");
  await look.listHas("Issues", found.total);
  await look.issueRows().first().getByRole("link").click();
  const pane = page.getByRole("article", { name: "Issue" });
  await pane.getByRole("heading", { name: /^qs 6\.7\.0 is vulnerable/ }).waitFor();
  const path = pane.getByRole("list").filter({ hasText: "express@4.17.1" });
  assert.deepEqual(await path.getByRole("listitem").allInnerTexts(), ["express@4.17.1", "qs@6.7.0"]);
  await pane.getByText("Override qs, which express brings in, to 6.14.1").first().waitFor();
  await pane.getByText("GitHub Advisory Database (CC-BY-4.0)").waitFor();
  await pane.getByText("1 reference").click();
  await pane.getByRole("link", { name: "https://github.com/advisories/GHSA-6rw7-vpxm-498p" }).waitFor();
  assert.equal(await pane.getByText("in place of the rule’s own").count(), 0);
  await look.noBarriers();
  await takeScreenshot(page, "package-issue");
  await pane.getByRole("link", { name: "qs", exact: true }).click();
  await look.heading("qs").waitFor();
});

step("licences are counted, and lead to their packages", async () => {
  await page.goto(`${sallyport.url}/packages`);
  await page.getByRole("link", { name: "Licences", exact: true }).click();
  const { rows } = await look.answerOf<Licenses>("licenses");
  await hasRows("Licences", rows.length);
  await rowsOf("Licences").filter({ hasText: "GPL-2.0-or-later" }).getByText("Strong copyleft").waitFor();
  await look.noBarriers();
  await page.getByRole("link", { name: "Not said in the manifest" }).click();
  await page.waitForURL(/\?undeclared=true$/);
  const silent = rows.find(({ license }) => license === "")?.packages ?? 0;
  await page
    .getByRole("status")
    .filter({ hasText: `${silent} packages` })
    .waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "GPL-2.0-or-later" }).click();
  await rowsOf("Packages").filter({ hasText: "@ckeditor/ckeditor5-core" }).waitFor();
  await hasRows("Packages", 1);
});

step("a bill of materials is taken away in both formats", async () => {
  const take = async (item: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };
  await page.goto(`${sallyport.url}/repositories?search=checkout`);
  await look.button("Actions of checkout-service").click();
  const own = await take("SBOM as CycloneDX 1.6");
  assert.equal(own.name, "checkout-service.cdx.json");
  assert.equal((JSON.parse(own.text) as { specVersion: string }).specVersion, "1.6");
  const { rows: instances } = await api.get<Instances>("/api/instances");
  await page.goto(`${sallyport.url}/settings/integrations/${instances[0]?.id}`);
  await look.button("Bill of materials").click();
  await look.noBarriers();
  const all = await take("SBOM as SPDX 2.3");
  assert.match(all.name, /\.spdx\.json$/);
  assert.equal((JSON.parse(all.text) as { spdxVersion: string }).spdxVersion, "SPDX-2.3");
});

step("how packages are judged is written as text, and mistakes are shown by line", async () => {
  const { rows: instances } = await api.get<Instances>("/api/instances");
  await page.goto(`${sallyport.url}/settings/integrations/${instances[0]?.id}?tab=settings`);
  const field = page.getByRole("textbox", { name: "Settings as YAML" });
  const save = look.button("Save the settings");
  await look.button("Begin with an example").click();
  assert.match(await field.inputValue(), /^licenses:/);
  await field.fill("licenses:\n  otherwise: forbid\n  rule: []\n");
  await save.click();
  await look.button('Line 2: otherwise must be one of allow, review, deny, not "forbid"').click();
  assert.equal(await page.evaluate("String(window.getSelection())"), "  otherwise: forbid");
  await page.getByRole("button", { name: /^Line 3: / }).waitFor();
  await look.noBarriers();
  const open = () =>
    look.totalOf("issues", "state=open&scanner=licenses&ecosystem=npm&package=@ckeditor/ckeditor5-core");
  assert.equal(await open(), 1);
  await field.fill("licenses:\n  rules:\n    - match: { license: GPL-2.0-or-later }\n      action: allow\n");
  await save.click();
  await page.getByText("The settings are saved.").waitFor();
  await page.getByText("Changed by demo").waitFor();
  await until("the licence is allowed", async () => (await open()) === 0);
  await field.fill("");
  await save.click();
  await until("it is denied again", async () => (await open()) === 1);
});

step("what is known of advisories has its age, and says that it is a sample", async () => {
  await page.getByRole("link", { name: "Advisories", exact: true }).click();
  await look.heading("Advisories").waitFor();
  await page.getByText("This is a sample, not for decisions").waitFor();
  const { ecosystems } = await look.answerOf<Knowledge>("knowledge");
  await hasRows("Advisories by ecosystem", ecosystems.length);
  await look.noBarriers();
  await takeScreenshot(page, "advisories");
  await look.button("Fetch now").click();
  await page.getByText("SALLYPORT_ADVISORIES is off").waitFor();
});

step("who does not administer sees the state of advisories, and cannot fetch them", async () => {
  const { rows: instances } = await api.get<Instances>("/api/instances");
  const member = { name: "Ines Moreau", password: "two gates and a bridge" };
  await api.post("/api/users", { ...member, role: "member", instances: instances.map(({ id }) => id) });
  const context = await browser.openContext({ width: 420 });
  const theirs = await context.newPage();
  await theirs.goto(`${sallyport.url}/settings/advisories`);
  await theirs.getByLabel("Name").fill(member.name);
  await theirs.getByLabel("Password", { exact: true }).fill(member.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await theirs.getByText("This is a sample, not for decisions").waitFor();
  assert.equal(await theirs.getByRole("button", { name: "Fetch now" }).count(), 0);
  const narrow = partsOf(theirs);
  await narrow.noBarriers();
  await theirs.goto(`${sallyport.url}/packages/npm/lodash`);
  await theirs.getByRole("table", { name: "Who uses it" }).waitFor();
  await narrow.noBarriers();
  await context.close();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
