/**
 * What a person does with Sallyport, in a real browser against the whole program: become its administrator, connect an
 * organization, look at issues, judge them, look after the instance, delete it. One story; each test goes on where the
 * one before ended.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Instances } from "#api/instances/contract.ts";
import type { Session } from "#api/session/contract.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import { until } from "../stories/until.ts";
import { cloneRepository } from "../stories/working-copy.ts";
import { createStory } from "./create-story.ts";
import { complaintsOf, type OpenBrowser, openBrowser, tellPage } from "./open-browser.ts";
import { type PageParts, partsOf } from "./parts-of.ts";
import { type RunningSallyport, startSallyport } from "./start-sallyport.ts";
import { takeScreenshot } from "./take-screenshot.ts";

const administrator = { name: "Mara Lindqvist", password: "a gate within a gate" };

let sallyport: RunningSallyport;
let browser: OpenBrowser;
let page: Page;
let look: PageParts;
let complaints: readonly string[];

const step = createStory(() => tellPage(page, complaints));

before(async () => {
  browser = await openBrowser();
  sallyport = await startSallyport();
  const context = await browser.openContext();
  page = await context.newPage();
  complaints = complaintsOf(page);
  look = partsOf(page);
});

after(async () => {
  await browser?.close();
  await sallyport?.stop();
});

step("the one-time address makes the administrator", async () => {
  await page.goto(sallyport.firstStart);
  await look.heading("Create the administrator").waitFor();
  await look.noBarriers();
  await page.getByLabel("Name").fill(administrator.name);
  await page.getByLabel("Password", { exact: true }).fill("too short");
  await page.getByText("3 more characters").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await look.button("Create the administrator").click();
  await page.getByText("Connect your first organization").waitFor();
  assert.equal(await page.title(), "Overview · Sallyport");
  await look.noBarriers();
});

step("who signs in lands where the link led", async () => {
  await page.getByRole("button", { name: administrator.name }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await look.heading("Sign in to Sallyport").waitFor();
  await look.noBarriers();
  await page.goto(`${sallyport.url}/settings/integrations?search=azure`);
  await page.getByLabel("Name").fill(administrator.name);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await look.button("Sign in").click();
  await page.getByText("Name or password is wrong").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await look.button("Sign in").click();
  await look.heading("Data Sources & Integrations").waitFor();
  assert.match(page.url(), /\/settings\/integrations\?search=azure$/);
  await page.getByText("Nothing is connected yet").waitFor({ state: "hidden" });
});

step("the wizard connects an organization", async () => {
  await page.getByRole("link", { name: "Add New" }).click();
  await look.heading("Connect Azure DevOps").waitFor();
  await page.getByText("One thing first: your own app at Microsoft").waitFor();
  await look.noBarriers();
  await page.getByRole("radio", { name: "Personal access token" }).check();
  await page.getByText("Project and Team (Read)").waitFor();
  await page.getByText("Work Items (Read & write)").waitFor();
  await page.getByRole("switch", { name: "Work items" }).click();
  await page.getByText("Work Items (Read & write)").waitFor({ state: "hidden" });
  await page.getByRole("combobox", { name: "Organizations" }).fill("brightwater");
  await page.getByRole("textbox", { name: "Personal access token" }).fill("x".repeat(52));
  await look.button("Check the token").click();
  await page.getByText("No organization can be connected").waitFor();
  await page.getByRole("textbox", { name: "Personal access token" }).fill(sallyport.seed.token.value);
  await look.button("Check the token").click();
  await page.getByText("Signed in as Ada Brandt").waitFor();
  await look.noBarriers();
  await look.button("Choose repositories").click();

  await page.getByText("6 of 6 repositories").waitFor();
  await page.getByText("Leave some out").click();
  await page.getByRole("combobox", { name: "But not those called" }).fill("orders-*");
  await page.keyboard.press("Enter");
  await page.getByText("5 of 6 repositories").waitFor();
  await page.getByText("Left out: 1 by name.").waitFor();
  await page.getByText("Legacy Billing").waitFor();
  await look.noBarriers();
  await page.locator(".mantine-Pill-remove").last().click();
  await page.getByText("6 of 6 repositories").waitFor();
  await page.getByLabel("Choose from a list").check();
  await page.getByLabel("Search repositories to choose").fill("orders");
  await page.getByRole("checkbox", { name: "orders-api" }).check();
  await page.getByText("1 of 6 marked").waitFor();
  await look.noBarriers();
  await page.getByLabel("All existing and future repositories").check();
  await look.button("Review").click();
  await page.getByLabel("Name", { exact: true }).fill("Brightwater");
  await look.noBarriers();
  await look.button("Save and connect").click();
  await page.getByText("Connected", { exact: true }).waitFor();
  await page.getByText("13 of 13 service hooks made").waitFor();
  await page.getByRole("link", { name: "Watch the first scans" }).click();
  await look.heading("Scans").waitFor();
  await until("the page shows it", async () => (await page.getByText("Complete", { exact: true }).count()) >= 8);
});

step("the overview says what is open", async () => {
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("link", { name: /^Critical/ }).waitFor();
  await page.locator(".recharts-bar-rectangle").last().waitFor();
  // The chart is as high as its panel leaves room for: its own padding, and no empty third.
  await until("the chart fills its panel", async () => {
    const panel = await page.getByRole("region", { name: "Open issues, last 30 days" }).boundingBox();
    const chart = await page.locator("svg.recharts-surface").boundingBox();
    if (panel === null || chart === null) return false;
    const below = panel.y + panel.height - (chart.y + chart.height);
    return below >= 0 && below < 40;
  });
  await takeScreenshot(page, "overview");
  await page.getByRole("link", { name: /^Critical/ }).click();
  await look.heading("Issues").waitFor();
  assert.match(page.url(), /\/issues\?severity=critical$/);
});

step("issues are filtered by the address, opened, dismissed and opened again", async () => {
  await look.historiesAreRead();
  await look.button("Remove the filter Critical").click();
  await page.waitForURL(/\/issues$/);
  await look.button("Severity").first().click();
  await page.getByRole("checkbox", { name: "High" }).check();
  await page.keyboard.press("Escape");
  await page.waitForURL(/\?severity=high$/);
  const all = await look.totalOf("issues", "state=open");
  const high = await look.totalOf("issues", "state=open&severity=high");
  assert.ok(high > 0 && high < all, `${high} of ${all} are high`);
  await look.listHas("Issues", high);
  await page.goBack();
  await page.goto(`${sallyport.url}/issues`);
  await look.listHas("Issues", all);
  await page.keyboard.press("/");
  await page.keyboard.type("npmrc");
  await page.waitForURL(/search=npmrc/);
  await look.listHas("Issues", await look.totalOf("issues", "state=open&search=npmrc"));
  await look.issueRows().first().getByText(".npmrc:").waitFor();
  await look.button("Clear all").click();
  await look.listHas("Issues", all);

  // By keyboard alone: two rows down, open, back, next.
  await page.getByRole("searchbox").blur();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "How to fix it" }).waitFor();
  const first = page.url();
  await page.keyboard.press("k");
  await page.waitForURL((url) => url.href !== first);
  await page.getByRole("heading", { name: "How to fix it" }).waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "issue");
  const title = (await page.getByRole("article").getByRole("heading", { level: 2 }).innerText()).trim();
  assert.equal(await page.title(), `${title} · Sallyport`);

  await look.button("Dismiss").click();
  await page.getByRole("dialog").getByLabel("Used in tests").check();
  await page.getByRole("dialog").getByLabel("Comment").fill("Only the fixtures use it.");
  await look.noBarriers();
  await page.getByRole("dialog").getByRole("button", { name: "Dismiss" }).click();
  await page.getByText(`Used in tests, said ${administrator.name}; opens again on`).waitFor();
  await look.listHas("Issues", all - 1);
  await look.button("Open again").click();
  await look.listHas("Issues", all);
  await page.keyboard.press("Escape");
  await page.waitForURL(/\/issues$/);
});

step("what is pushed appears by itself", async () => {
  await page.goto(`${sallyport.url}/issues?sort=-first-seen`);
  const copy = await cloneRepository(
    sallyport.gitAddress("Storefront", "forecast-service"),
    sallyport.seed.token.value,
  );
  const before = await look.totalOf("issues", "state=open");
  await look.listHas("Issues", before);
  try {
    await copy.commit("Notify the channel", {
      "notify.env": `SLACK_TOKEN=${plantedSecrets("pushed").slackBotToken}\n`,
    });
    await copy.git("push", "--quiet", "origin", "HEAD");
    await page.getByText("notify.env:1").waitFor();
    await look.listHas("Issues", before + 1);
  } finally {
    await copy.remove();
  }
});

step("a signed address whose time is over is told as such, without anybody being asked", async () => {
  const copy = await cloneRepository(
    sallyport.gitAddress("Storefront", "forecast-service"),
    sallyport.seed.token.value,
  );
  const signature = encodeURIComponent(createHash("sha256").update("over").digest("base64"));
  const query = `sv=2022-11-02&sr=c&sp=r&se=2024-03-01T00:00:00Z&sig=${signature}`;
  try {
    await copy.commit("Share the forecast", {
      "share.env": `URL=https://contoso.blob.core.windows.net/data?${query}\n`,
    });
    await copy.git("push", "--quiet", "origin", "HEAD");
    const isThere = async () => (await look.totalOf("secrets", "state=open&live=not-live")) === 1;
    await until("it is found and judged", isThere);
  } finally {
    await copy.remove();
  }
  await page.goto(`${sallyport.url}/secrets?live=not-live`);
  await page.getByRole("table", { name: "Secrets" }).getByRole("link").first().click();
  const pane = page.getByRole("article", { name: "Secret" });
  await pane.getByText("No: it expired on 2024-03-01, as it says itself. Nobody was asked.").waitFor();
  await look.noBarriers();
});

step("an instance has a menu, by mouse and by keyboard", async () => {
  await page.getByRole("link", { name: "Data Sources & Integrations" }).click();
  const row = page.getByRole("row", { name: /Brightwater/ });
  const messages = look.button("Close this message");
  await until("earlier messages have gone", async () => (await messages.count()) === 0);
  await row.getByText("Connected").click({ button: "right" });
  const menu = page.getByRole("menu");
  assert.deepEqual(
    (await menu.getByRole("menuitem").allInnerTexts()).map((text) => text.trim()),
    [
      "Edit instance",
      "Re-authenticate",
      "Pause",
      "Sync now",
      "Validate",
      "Copy entire row to the clipboard",
      "Delete instance",
    ],
  );
  await look.noBarriers();
  await takeScreenshot(page, "integrations");
  await menu.getByRole("menuitem", { name: "Copy entire row to the clipboard" }).click();
  await page.getByText("The row is on the clipboard.").waitFor();
  const [names = "", values = ""] = ((await page.evaluate("navigator.clipboard.readText()")) as string).split("\n");
  const cells = new Map(names.split("\t").map((name, index) => [name, values.split("\t")[index]]));
  assert.deepEqual(
    ["Name", "Vendor", "Status", "Organizations", "Repositories chosen", "Hooks healthy"].map((name) =>
      cells.get(name),
    ),
    ["Brightwater", "Azure DevOps", "Connected", "brightwater", "6", "13"],
  );

  for (const keys of ["Shift+F10", "ContextMenu"]) {
    await row.focus();
    await page.keyboard.press(keys);
    await menu.waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    assert.equal(await row.evaluate((element) => element === element.ownerDocument.activeElement), true, keys);
  }
  await page.getByRole("button", { name: "Actions of Brightwater" }).focus();
  await page.keyboard.press("Enter");
  await menu.getByRole("menuitem", { name: "Edit instance" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await look.heading("Brightwater").waitFor();
  await page.getByRole("heading", { name: "Which repositories should Sallyport watch?" }).waitFor();
});

step("an instance is renamed and takes other repositories", async () => {
  assert.equal(await page.getByLabel("All existing and future repositories").isChecked(), true, "the present choice");
  await page.getByText("Leave some out").click();
  await page.getByRole("combobox", { name: "But not those called" }).fill("orders-api");
  await page.keyboard.press("Enter");
  await page.getByText("5 of 6 repositories").waitFor();
  await look.button("Save the choice").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 repository that is scanned now").waitFor();
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Save and archive issues" }).click();
  await page.getByText("The choice is saved.").waitFor();
  await page.goto(`${sallyport.url}/issues?archived=true`);
  await look.issueRows().first().getByText("orders-api").waitFor();
  await page.goBack();
  // It comes back with what was chosen, and takes it back.
  await page.getByText("orders-api").first().waitFor();
  await page.getByLabel("All existing repositories").check();
  const { csrf } = await look.answerOf<Session>("session");
  const [instance] = (await look.answerOf<Instances>("instances")).rows;
  await page.request.patch(`${sallyport.url}/api/instances/${instance?.id}`, {
    data: { takes: { is: "existing-and-future" } },
    headers: { "x-csrf-token": csrf },
  });
  await page.getByText("Somebody saved this meanwhile").waitFor();
  assert.equal(await page.getByLabel("All existing repositories").isChecked(), true, "what is being chosen stays");
  await page.locator(".mantine-Pill-remove").click();
  await page.getByText("6 of 6 repositories").waitFor();
  await look.button("Save the choice").click();
  await page.getByText("The choice is saved.").first().waitFor();

  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByLabel("Name of the instance").fill("Brightwater Europe");
  await look.button("Save the name").click();
  await look.heading("Brightwater Europe").waitFor();
  await look.noBarriers();
});

step("every hook is tried, and each test notification is seen arriving", async () => {
  await page.getByRole("link", { name: "Service hooks" }).click();
  await look.button("Validate").click();
  await page.getByText("13 of 13 test notifications arrived").waitFor();
  await look.noBarriers();
});

step("the page of an instance proves that nothing was missed", async () => {
  await page.getByRole("link", { name: "Health" }).click();
  await page.getByText("every head was compared with what was scanned").waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "instance");
  for (const tab of ["Sign-in and rights", "Coverage and budget"]) {
    await page.getByRole("link", { name: tab }).click();
    await page.getByRole("table").first().waitFor();
    await look.noBarriers();
  }
});

step("an instance is paused and goes on", async () => {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await look.button("Pause this instance").click();
  await look.button("Resume this instance").waitFor();
  await page.getByText("Paused", { exact: true }).waitFor();
  await look.noBarriers();
  await look.button("Resume").click();
  await look.button("Pause this instance").waitFor();
  await page.getByText("Connected", { exact: true }).waitFor();
});

step("no page keeps anybody out, in light or dark", async () => {
  const issue = await look.hrefOf(`${sallyport.url}/issues`, look.issueRows().first().getByRole("link"));
  const scan = await look.hrefOf(`${sallyport.url}/scans`, page.getByRole("cell").getByRole("link").first());
  const request = await look.hrefOf(`${sallyport.url}/pull-requests`, page.getByRole("cell").getByRole("link").first());
  const policy = await look.hrefOf(
    `${sallyport.url}/rules?search=CKV_AZURE_44`,
    page.getByRole("table", { name: "Rules" }).getByRole("link"),
  );
  const paths = [
    "/",
    "/issues",
    issue,
    "/rules",
    policy,
    "/pull-requests",
    request,
    "/repositories",
    "/scans",
    scan,
    "/builds",
  ];
  const settings = ["integrations", "integrations/new", "entra-app", "people", "tokens", "audit"].map(
    (name) => `/settings/${name}`,
  );
  for (const path of [...paths, "/deliveries", ...settings, "/no-such-page"]) {
    await page.goto(sallyport.url + path);
    await page.getByRole("heading", { level: 1 }).or(page.getByText("There is no such page")).waitFor();
    const waiting = page.getByRole("status", { name: "Loading" });
    await until(`${path} is loaded`, async () => (await waiting.count()) === 0);
    await look.noBarriers();
  }
});

step("the colours follow the system until somebody chooses", async () => {
  const scheme = () => page.locator("html").getAttribute("data-mantine-color-scheme");
  await page.goto(`${sallyport.url}/`);
  await page.emulateMedia({ colorScheme: "dark" });
  await until("the page shows it", async () => (await scheme()) === "dark");
  await page.locator(".recharts-bar-rectangle").last().waitFor();
  await takeScreenshot(page, "overview-dark");
  await page.getByRole("button", { name: /^Colours follow the system/ }).click();
  await until("the page shows it", async () => (await scheme()) === "light");
  await page.getByRole("button", { name: /^Light colours/ }).click();
  await until("the page shows it", async () => (await scheme()) === "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.reload();
  await until("the page shows it", async () => (await scheme()) === "dark");
  await page.getByRole("button", { name: /^Dark colours/ }).click();
  await until("the page shows it", async () => (await scheme()) === "light");
});

step("a narrow window has the navigation in a drawer", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${sallyport.url}/issues`);
  await page.getByRole("button", { name: "Navigation" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Repositories" }).click();
  await look.heading("Repositories").waitFor();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await look.noBarriers();
  const wider = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
  assert.equal(wider, false, "the page scrolls sideways");
  await page.setViewportSize({ width: 1440, height: 900 });
});

step("deleting an instance takes its name to confirm, and leaves nothing but a line", async () => {
  await page.goto(`${sallyport.url}/settings/integrations`);
  await page.getByText("Connected").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Delete instance" }).click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: "Delete instance" });
  await dialog.getByRole("textbox").fill("Brightwater");
  assert.equal(await confirm.isDisabled(), true);
  await look.noBarriers();
  await dialog.getByRole("textbox").fill("Brightwater Europe");
  await confirm.click();
  await dialog.getByText("13 removed in Azure DevOps").waitFor();
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByText("Nothing is connected yet").waitFor();
  await page.getByRole("link", { name: "Audit" }).click();
  await page.getByRole("cell", { name: "Brightwater Europe" }).first().waitFor();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
