/** What a page shows where the server, or a proxy before it, refuses an answer: it says so, and goes on when there is one. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { createStory } from "./create-story.ts";
import { tellPage } from "./open-browser.ts";
import { type SharedConnected, shareConnected } from "./open-connected.ts";

let shared: SharedConnected;
let page: Page;

const step = createStory(() => tellPage(page, shared.complaints));

before(async () => {
  shared = await shareConnected();
  ({ page } = shared);
});

after(() => shared?.close());

step("an issue whose decisions cannot be read says so, and shows nothing in their place", async () => {
  const decisions = "**/api/issues/*/decided";
  const isSaid = page.getByRole("heading", { name: "What was decided" });
  await page.route(decisions, (route) => route.fulfill({ status: 500 }));
  await page.goto(`${shared.sallyport.url}/issues`);
  await shared.look.issueRows().first().getByRole("link").first().click();
  await isSaid.waitFor();
  await page.unroute(decisions);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Policies" }).waitFor();
  await isSaid.waitFor({ state: "hidden" });
});

step("what a person does and the way breaks is not sent again: the page says that it may have arrived", async () => {
  let sent = 0;
  const scans = "**/api/repositories/*/scan";
  await page.route(scans, async (route) => {
    sent += 1;
    await route.abort("connectionreset");
  });
  await page.goto(`${shared.sallyport.url}/repositories`);
  await page
    .getByRole("button", { name: /^Actions of/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Scan again" }).click();
  await page.getByText("it may have arrived: look before you try again").waitFor();
  await page.unroute(scans);
  assert.equal(sent, 1);
});

step("a page that is refused news asks for them again", async () => {
  let asked = 0;
  await page.route("**/api/live", async (route) => {
    asked += 1;
    await (asked === 1 ? route.fulfill({ status: 502 }) : route.continue());
  });
  const isNews = (url: string) => asked === 2 && url.endsWith("/api/live");
  const told = page.waitForResponse((answer) => isNews(answer.url()) && answer.status() === 200);
  await page.reload();
  await told;
  await page.context().close();
});
