/** What a page shows while the server, or a proxy before it, is away for a moment: news come again without a person's doing. */
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
