/**
 * What a person does with secrets: see which are in the code and which only in a history, find one, follow it to its places,
 * revoke it step by step, say that it is rotated, and decide which providers may be asked. One story.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { LiveChecks } from "#api/live-checks/contract.ts";
import type { SecretDetail, Secrets } from "#api/secrets/contract.ts";
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
  await look.historiesAreRead();
});

after(() => close?.());

const rows = () =>
  page
    .getByRole("table", { name: "Secrets" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
const pane = () => page.getByRole("article", { name: "Secret" });

async function choose(filter: string, word: string): Promise<void> {
  await page.getByRole("combobox", { name: filter, exact: true }).click();
  await page.getByRole("option", { name: word, exact: true }).click();
}

step("there is one row for each, also for those that only a history holds", async () => {
  const { total, issues } = await look.answerOf<Secrets>("secrets?state=open&limit=1");
  assert.ok(issues > total, "one stands in two repositories");
  assert.equal(await look.totalOf("issues", "state=open&scanner=secrets"), issues);
  // The overview counts issues, this list secrets: both say both.
  await page.goto(`${sallyport.url}/`);
  await page.getByRole("link", { name: `${total} secrets in ${issues} issues` }).click();
  await look.heading("Secrets").waitFor();
  await page.getByText(`${total} secrets in ${issues} issues`, { exact: true }).waitFor();
  await look.listHas("Secrets", total);
  // The demo's storage key stands in two repositories.
  await rows().filter({ hasText: "2 places, 2 repositories" }).first().waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "secrets");
  await choose("Place", "Only in history");
  await page.waitForURL(/\?place=history$/);
  const gone = rows().filter({ hasText: "AWS secret access key" });
  await gone.getByText("Tomás Novák").waitFor();
  await gone.getByText("src/payments.js:").waitFor();
  await gone.getByText("checkout-service").waitFor();
  await gone.getByRole("cell").getByText("Only in history").filter({ visible: true }).waitFor();
  await look.listHas("Secrets", await look.totalOf("secrets", "state=open&place=history"));
  await look.button("Remove the filter Only in history").click();
  await page.waitForURL(/\/secrets$/);
});

step("one that a branch holds is named after it, apart from what is really gone; its code is shown", async () => {
  await choose("Place", "In a branch");
  await page.waitForURL(/\?place=branch$/);
  await look.listHas("Secrets", await look.totalOf("secrets", "state=open&place=branch"));
  const row = rows().filter({ hasText: "In feature/refund-notifications" });
  await row.getByRole("link").click();
  await pane().getByText("It stands in feature/refund-notifications, not in a default branch").waitFor();
  await pane().getByText("In feature/refund-notifications").first().waitFor();
  assert.equal(await pane().getByText("Only in history").count(), 0);
  await look.noBarriers();
  await pane().getByRole("region", { name: "In checkout-service" }).getByRole("link").click();
  const issue = page.getByRole("article", { name: "Issue" });
  await issue.getByText("It stands in feature/refund-notifications, not in main.").waitFor();
  await issue.getByRole("region", { name: "Code" }).getByText("••••").first().waitFor();
  await look.noBarriers();
  await page.goto(`${sallyport.url}/secrets`);
  await look.heading("Secrets").waitFor();
});

step("a key that is pasted whole into the search, and an address that names none, get an answer", async () => {
  await page.getByRole("searchbox").fill("k".repeat(250));
  await page.getByText("No more than 200 characters").waitFor();
  await page.getByText("No secret fits these filters").waitFor();
  await look.noBarriers();
  await page.goto(`${sallyport.url}/secrets/xyz/abc?search=${"k".repeat(250)}`);
  await page.getByText("There is no such secret").waitFor();
  await page.getByText("No secret fits these filters").waitFor();
  await page.goto(`${sallyport.url}/scans?repositoryId=abc`);
  await page.getByText(/^In the address repositoryId must be an id like /).waitFor();
  await page.getByRole("link", { name: "Without filters" }).click();
  await page.getByRole("table", { name: "Scans" }).waitFor();
  await page.goto(`${sallyport.url}/scans/abc`);
  await page.getByText(/^In the address id must be an id like /).waitFor();
  await page.getByRole("link", { name: "To the overview" }).waitFor();
  await page.goto(`${sallyport.url}/secrets`);
  await look.heading("Secrets").waitFor();
});

step("one is found by its provider, its severity, its name and what its provider said", async () => {
  await choose("Provider", "Slack");
  await page.waitForURL(/\?provider=Slack$/);
  await look.listHas("Secrets", 1);
  await look.button("Clear all").click();
  await look.button("Severity").first().click();
  await page.getByRole("checkbox", { name: "High" }).check();
  await page.keyboard.press("Escape");
  await page.waitForURL(/\?severity=high$/);
  await look.listHas("Secrets", await look.totalOf("secrets", "state=open&severity=high"));
  await page.goto(`${sallyport.url}/secrets?live=live`);
  await page.getByText("No secret fits these filters").waitFor();
  await look.noBarriers();
  await look.button("Clear the filters").click();
  // By keyboard alone: search, move down, open, step on, close.
  await page.keyboard.press("/");
  await page.keyboard.type("aws");
  await page.waitForURL(/search=aws/);
  await look.listHas("Secrets", await look.totalOf("secrets", "state=open&search=aws"));
  await page.getByRole("searchbox").blur();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await pane().getByRole("heading", { name: "AWS secret access key" }).waitFor();
  await page.keyboard.press("j");
  await pane().getByRole("heading", { name: "AWS access key id" }).waitFor();
  await page.keyboard.press("k");
  await pane().getByRole("heading", { name: "AWS secret access key" }).waitFor();
});

step("a secret tells how to revoke it, where it was, who brought it, and that its history keeps it", async () => {
  await pane().getByText("The code no longer holds it").waitFor();
  const steps = pane().getByRole("list", { name: "Steps" }).getByRole("checkbox");
  await steps.first().check();
  await page.reload();
  await pane().getByRole("heading", { name: "How to revoke it" }).waitFor();
  assert.ok(await steps.first().isChecked());
  const place = pane().getByRole("listitem").filter({ hasText: "src/payments.js" });
  await place.getByText("by Tomás Novák").waitFor();
  await place.getByText("In the files of no branch any more").waitFor();
  const href = await place.getByRole("link").getAttribute("href");
  assert.match(href ?? "", /_git\/checkout-service\/commit\/[0-9a-f]{40}$/);
  await pane().getByText("Opened by a scan").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "secret");
  await pane().getByRole("link", { name: "checkout-service", exact: true }).click();
  const issue = page.getByRole("article", { name: "Issue" });
  await issue.getByText("No branch holds it any more, but the history does.").waitFor();
  await issue.getByText("No branch holds it any more; the commit that brought it in does.").waitFor();
  await look.noBarriers();
  await issue.getByRole("link", { name: "1 place in 1 repository" }).click();
  await pane().getByRole("heading", { name: "AWS secret access key" }).waitFor();
});

step("rotated, it is no longer open, and says who said so; it can be opened again", async () => {
  const open = await look.totalOf("secrets", "state=open");
  await look.button("Mark as rotated").click();
  const dialog = page.getByRole("dialog", { name: "This secret is rotated" });
  await dialog.getByLabel("Comment").fill("Deleted in IAM.");
  await look.noBarriers();
  await dialog.getByRole("button", { name: "It is rotated" }).click();
  await pane().getByText("Dismissed by demo: Rotated").waitFor();
  await pane().getByText("Deleted in IAM.").waitFor();
  await look.listHas("Secrets", open - 1);
  await look.button("Open again").click();
  await look.listHas("Secrets", open);
  await look.button("Mark as rotated").waitFor();
});

step("one decision is for every repository that holds it", async () => {
  const { rows: found } = await look.answerOf<Secrets>("secrets?state=open&sort=-places");
  const shared = found.find(({ repositories }) => repositories === 2);
  assert.ok(shared !== undefined);
  const address = `secrets/${shared.instanceId}/${encodeURIComponent(shared.fingerprint)}`;
  await page.goto(`${sallyport.url}/${address}`);
  await look.button("Dismiss").click();
  const dialog = page.getByRole("dialog", { name: "Dismiss this secret" });
  await dialog.getByLabel("Accepted risk").check();
  await dialog.getByRole("button", { name: "Dismiss" }).click();
  await look.button("Open again").waitFor();
  const { issues } = await look.answerOf<SecretDetail>(address);
  assert.deepEqual(
    issues.map(({ state }) => state),
    ["dismissed", "dismissed"],
  );
  await look.button("Open again").click();
  await look.button("Mark as rotated").waitFor();
});

step("a policy for secrets is found by its provider, and says what its secrets look like", async () => {
  await page.goto(`${sallyport.url}/rules?scanner=secrets&search=github+fine-grained`);
  await page.getByRole("table", { name: "Rules" }).getByRole("link").first().click();
  const policy = page.getByRole("article", { name: "Rule" });
  await policy.getByText("then 82 letters, digits or _").waitFor();
  await policy.getByText("github-fine-grained-pat").waitFor();
  await policy.getByRole("switch").waitFor();
  await look.noBarriers();
});

step("no provider is asked until an administrator has read what that means", async () => {
  const { rows: found } = await look.answerOf<Secrets>("secrets?provider=GitHub");
  const [secret] = found;
  assert.ok(secret !== undefined);
  await page.goto(`${sallyport.url}/secrets/${secret.instanceId}/${encodeURIComponent(secret.fingerprint)}`);
  await pane().getByText("Asking api.github.com is switched off.").waitFor();
  await pane().getByRole("link", { name: "What would be asked" }).click();
  await page.getByText("Providers: none is asked").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "live-checks");
  // A provider of which the demo has no secret: nothing is sent anywhere.
  await page.getByRole("searchbox").fill("airtable");
  const row = page
    .getByRole("list", { name: "Providers" })
    .getByRole("listitem")
    .filter({ hasText: "api.airtable.com" });
  await page.getByRole("switch", { name: "Ask Airtable" }).press("Space");
  const dialog = page.getByRole("dialog", { name: "Ask Airtable about its secrets?" });
  await dialog.getByText("GET /v0/meta/whoami").waitFor();
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Keep it off" }).click();
  await page.getByText("Providers: none is asked").waitFor();
  await page.getByRole("switch", { name: "Ask Airtable" }).press("Space");
  await dialog.getByRole("button", { name: "Ask Airtable" }).click();
  await row.getByText("Switched on by demo").waitFor();
  const enabled = async () =>
    (await look.answerOf<LiveChecks>(`instances/${secret.instanceId}/live-checks`)).rows.filter((one) => one.enabled);
  assert.equal((await enabled()).length, 1);
  await page.getByRole("switch", { name: "Ask Airtable", disabled: false }).press("Space");
  await page.getByText("Providers: none is asked").waitFor();
  await until("it is off", async () => (await enabled()).length === 0);
});

step("who does not administer reads all of it on a narrow screen, and cannot switch", async () => {
  const [secret] = (await look.answerOf<Secrets>("secrets?limit=1")).rows;
  assert.ok(secret !== undefined);
  const member = { name: "Noor Haddad", password: "two gates and a bridge" };
  await api.post("/api/users", { ...member, role: "member", instances: [secret.instanceId] });
  const context = await browser.openContext({ width: 420 });
  const theirs = await context.newPage();
  await theirs.goto(`${sallyport.url}/secrets`);
  await theirs.getByLabel("Name").fill(member.name);
  await theirs.getByLabel("Password", { exact: true }).fill(member.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await theirs.getByRole("table", { name: "Secrets" }).getByRole("link").first().waitFor();
  const narrow = partsOf(theirs);
  await narrow.noBarriers();
  await theirs.getByRole("table", { name: "Secrets" }).getByRole("link").first().click();
  await theirs.getByRole("heading", { name: "How to revoke it" }).waitFor();
  await narrow.noBarriers();
  // What filters the list is out of the way, as the list is, and so is what may be done with chosen rows.
  await theirs.getByRole("button", { name: "Close the secret" }).click();
  await theirs
    .getByRole("checkbox", { name: /^Choose / })
    .nth(1)
    .click();
  await theirs.getByRole("toolbar", { name: "Chosen secrets" }).waitFor();
  await narrow.noBarriers();
  await theirs.getByRole("table", { name: "Secrets" }).getByRole("link").first().click();
  await theirs.getByRole("heading", { name: "How to revoke it" }).waitFor();
  assert.ok(!(await theirs.getByRole("toolbar", { name: "Chosen secrets" }).isVisible()));
  assert.ok(!(await theirs.getByRole("searchbox").isVisible()));
  await theirs.goto(`${sallyport.url}/settings/integrations/${secret.instanceId}?tab=live-checks`);
  await theirs.getByText("Administrators of Sallyport can switch them on and off.").waitFor();
  assert.equal(await theirs.getByRole("switch").count(), 0);
  await narrow.noBarriers();
  await context.close();
});

step("who may see no instance is not told that all is well", async () => {
  const guest = { name: "Rui Costa", password: "two gates and a bridge" };
  await api.post("/api/users", { ...guest, role: "member", instances: [] });
  const context = await browser.openContext({ width: 1000 });
  const theirs = await context.newPage();
  await theirs.goto(`${sallyport.url}/secrets`);
  await theirs.getByLabel("Name").fill(guest.name);
  await theirs.getByLabel("Password", { exact: true }).fill(guest.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await theirs.getByText("There is no instance that you may see").waitFor();
  assert.equal(await theirs.getByText("No open secret").count(), 0);
  await context.close();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
