/** What a person does with several secrets at once: choose them, say that they are rotated, ask their providers. One story. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Audit } from "#api/audit/contract.ts";
import type { Secrets } from "#api/secrets/contract.ts";
import type { ApiClient } from "../../scripts/demo/api-client.ts";
import { createStory } from "./create-story.ts";
import { tellPage } from "./open-browser.ts";
import { shareConnected } from "./open-connected.ts";
import type { PageParts } from "./parts-of.ts";
import type { RunningSallyport } from "./start-sallyport.ts";

let sallyport: RunningSallyport;
let api: ApiClient;
let page: Page;
let look: PageParts;
let complaints: readonly string[];
let close: () => Promise<void>;

const step = createStory(() => tellPage(page, complaints));

before(async () => {
  ({ sallyport, api, page, complaints, look, close } = await shareConnected());
  await look.historiesAreRead();
});

after(() => close?.());

const rows = () =>
  page
    .getByRole("table", { name: "Secrets" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

step("several are chosen and decided at once, each by a decision of its own", async () => {
  const open = await look.totalOf("secrets", "state=open");
  await page.goto(`${sallyport.url}/secrets?sort=-places`);
  await look.listHas("Secrets", open);
  const chosen = page.getByRole("toolbar", { name: "Chosen secrets" });
  await rows().filter({ hasText: "2 places, 2 repositories" }).first().getByRole("checkbox").click();
  await rows().filter({ hasText: "AWS access key id" }).getByRole("checkbox").click();
  await chosen.getByText("2 secrets chosen").waitFor();
  await look.noBarriers();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "2 secrets are rotated" });
  const named = dialog.getByRole("list", { name: "Chosen" }).getByRole("listitem");
  await named.nth(1).waitFor();
  assert.equal(await named.count(), 2);
  await look.noBarriers();
  await page.keyboard.type("Both are new.");
  await dialog.getByRole("button", { name: "They are rotated" }).click();
  await page.getByText("2 secrets are dismissed.").waitFor();
  await look.listHas("Secrets", open - 2);
  await chosen.waitFor({ state: "hidden" });
  const { rows: audit } = await look.answerOf<Audit>("audit?limit=3");
  assert.deepEqual(
    audit.map(({ action, data }) => action === "exception-made" && data?.comment === "Both are new."),
    [true, true, false],
  );
  const { rows: dismissed } = await look.answerOf<Secrets>("secrets?state=dismissed");
  assert.deepEqual(new Set(dismissed.map(({ issueIds }) => issueIds.length)), new Set([1, 2]));
  for (const { issueIds } of dismissed) await api.post(`/api/issues/${issueIds[0]}/reopen`, {});
  await look.listHas("Secrets", open);
});

step("of several, providers that nobody allowed are not asked, and that is told", async () => {
  await rows().first().getByRole("link").focus();
  for (const key of ["x", "j", "x", "c"]) await page.keyboard.press(key);
  const dialog = page.getByRole("dialog", { name: "Ask the providers of 2 secrets" });
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Ask them" }).click();
  await dialog.getByText("Nobody is asked").first().waitFor();
  await look.noBarriers();
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("toolbar", { name: "Chosen secrets" }).waitFor({ state: "hidden" });
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByText("Choose it, or not").waitFor();
  await page.keyboard.press("Escape");
});

step("what somebody else decides meanwhile is not chosen any more", async () => {
  const { rows: found } = await look.answerOf<Secrets>("secrets?state=open&sort=-places&limit=1");
  const [issue] = found[0]?.issueIds ?? [];
  await rows().nth(0).getByRole("checkbox").click();
  await rows().nth(1).getByRole("checkbox").click();
  await api.post(`/api/issues/${issue}/dismiss`, { reason: "rotated" });
  await page.getByRole("toolbar", { name: "Chosen secrets" }).getByText("1 secret chosen").waitFor();
  await api.post(`/api/issues/${issue}/reopen`, {});
  await look.button("Choose none").click();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
