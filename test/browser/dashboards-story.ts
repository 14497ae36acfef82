/** A browser's story of figures and fixes: a fix is asked for and seen, figures are read, taken away, and told to others. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before } from "node:test";
import type { Instances } from "#api/instances/contract.ts";
import { createStory } from "./create-story.ts";
import { tellPage } from "./open-browser.ts";
import { type SharedConnected, shareConnected } from "./open-connected.ts";
import { takeScreenshot } from "./take-screenshot.ts";

let story: SharedConnected;
let instanceId: string;

before(async () => {
  story = await shareConnected();
  const { rows } = await story.look.answerOf<Instances>("instances");
  instanceId = rows[0]?.id ?? "";
});

after(() => story?.close());

const step = createStory(() => tellPage(story.page, story.complaints));

step("a fix is chosen, seen as a change before anybody asks for it, and then has a place in the list", async () => {
  const { page, look, sallyport } = story;
  await page.goto(`${sallyport.url}/fixes`);
  await page.getByText("No fix yet").waitFor();
  await look.button("Ask for a fix").first().click();
  const dialog = page.getByRole("dialog", { name: "Ask for a fix" });
  await dialog.getByRole("combobox", { name: "Repository" }).fill("landing");
  await page.getByRole("option", { name: "landing-zone" }).click();
  const issues = dialog.getByRole("list", { name: "Issues that can be fixed" });
  await issues.getByRole("checkbox").first().check();
  await dialog.getByRole("button", { name: "See what would change" }).click();
  await dialog.getByText("added").first().waitFor({ state: "attached" });
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Ask for the pull request" }).click();
  const pane = page.getByRole("article", { name: "Fix" });
  await pane.getByText("None: the result was scanned").waitFor();
  await pane.getByRole("link", { name: /^Pull request \d+/ }).waitFor();
  await look.noBarriers();
  await takeScreenshot(page, "fix");
  await pane.getByRole("button", { name: "Abandon" }).click();
  await page.getByRole("button", { name: "Abandon it" }).click();
  await pane.getByText("demo abandoned it in Sallyport.").waitFor();
});

step(
  "figures are charts and tables, and both are taken away: as CSV from the server, as PNG from the chart",
  async () => {
    const { page, look, sallyport } = story;
    await page.goto(`${sallyport.url}/dashboards?days=30`);
    const table = page.getByRole("table", { name: "From found to fixed" });
    await table.getByRole("row", { name: /^Found/ }).waitFor();
    await page.getByRole("img", { name: /^Watched: / }).waitFor();
    await page.locator("svg.recharts-surface").nth(3).waitFor();
    await look.noBarriers();
    await takeScreenshot(page, "dashboards");
    const picture = page.waitForEvent("download");
    await look.button("From found to fixed as PNG").click();
    const bytes = await readFile(await (await picture).path());
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    assert.ok(bytes.length > 5_000, "a chart is in it");
    const figures = page.waitForEvent("download");
    await page.getByRole("link", { name: "From found to fixed as CSV" }).click();
    assert.match(await readFile(await (await figures).path(), "utf8"), /\d/);
  },
);

step("a webhook shows its secret once, and its log says why nothing came through", async () => {
  const { page, look, sallyport } = story;
  await page.goto(`${sallyport.url}/settings/integrations/${instanceId}?tab=webhooks`);
  await look.button("New webhook").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Chat");
  await dialog.getByLabel("Address").fill("https://127.0.0.1/hook");
  await dialog.getByRole("button", { name: "Make it" }).click();
  // An address inside of this server's network is refused, at the field.
  await dialog.locator("[aria-invalid=true]").waitFor();
  await dialog.getByLabel("Address").fill("https://hooks.invalid/sallyport");
  await dialog.getByRole("button", { name: "Make it" }).click();
  await dialog.getByText("Copy it now").waitFor();
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Done" }).click();
  await look.button("Actions of Chat").click();
  await page.getByRole("menuitem", { name: "Try it" }).click();
  const log = page.getByRole("table", { name: "Deliveries to Chat" });
  await log.getByText("1 try").waitFor();
  await look.noBarriers();
});

step("work items are wanted as a project's process takes them, which is asked before anything is saved", async () => {
  const { page, look, sallyport } = story;
  await page.goto(`${sallyport.url}/settings/integrations/${instanceId}?tab=work-items`);
  await page.getByLabel("Assigned to").waitFor();
  await look.noBarriers();
  await page.getByRole("radio", { name: "One for each policy" }).check();
  await look.button("Check and save").click();
  await page.getByText("Changed by demo").waitFor();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(story.complaints, []);
});
