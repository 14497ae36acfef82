/** What a person does with a secret that somebody copied about: follow it through every line, in the pull request and on its own page. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { PullRequestDetail, PullRequests } from "#api/pull-requests/contract.ts";
import type { Secrets } from "#api/secrets/contract.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import { until } from "../stories/until.ts";
import { cloneRepository, type WorkingCopy } from "../stories/working-copy.ts";
import { createStory } from "./create-story.ts";
import { tellPage } from "./open-browser.ts";
import { shareConnected } from "./open-connected.ts";
import type { PageParts } from "./parts-of.ts";
import type { RunningSallyport } from "./start-sallyport.ts";

let sallyport: RunningSallyport;
let page: Page;
let look: PageParts;
let complaints: readonly string[];
let close: () => Promise<void>;

const step = createStory(() => tellPage(page, complaints));

before(async () => {
  ({ sallyport, page, complaints, look, close } = await shareConnected());
});

after(() => close?.());

async function pushTo(repository: string, change: (copy: WorkingCopy) => Promise<unknown>): Promise<void> {
  const copy = await cloneRepository(sallyport.gitAddress("Storefront", repository), sallyport.seed.token.value);
  try {
    await change(copy);
    await copy.git("push", "--quiet", "origin", "HEAD");
  } finally {
    await copy.remove();
  }
}

step("a pull request that brings it into several lines is told with all of them", async () => {
  const line = `SLACK_TOKEN=${plantedSecrets("several").slackBotToken}\n`;
  await pushTo("checkout-service", async (copy) => {
    await copy.git("checkout", "--quiet", "feature/refund-notifications");
    await copy.commit("Copy it about", { "config/a.env": `${line}\n${line}`, "config/b.env": line });
  });
  const { rows } = await look.answerOf<PullRequests>("pull-requests?search=finance+channel");
  const address = `pull-requests/${rows[0]?.repository.id}/${rows[0]?.number}`;
  await until("it is scanned", async () => {
    const { introduced } = await look.answerOf<PullRequestDetail>(address);
    return introduced.some(({ places }) => places === 3);
  });
  await page.goto(`${sallyport.url}/${address}`);
  const finding = page.getByRole("listitem").filter({ hasText: "config/a.env:1" });
  await finding.getByText("2 more places").click();
  for (const place of ["config/a.env:3", "config/b.env:1"]) await finding.getByText(place, { exact: true }).waitFor();
  await look.noBarriers();
});

step("what its scan could not examine is told beside the verdict", async () => {
  await pushTo("checkout-service", async (copy) => {
    await copy.git("checkout", "--quiet", "feature/refund-notifications");
    await copy.commit("Add data", { "data/rates.csv": "1,2,3,4\n".repeat(2_200_000) });
  });
  await page.getByText("Not everything could be examined").waitFor();
  await look.noBarriers();
  await page.getByRole("link", { name: "what is missing" }).click();
  await page.getByRole("heading", { name: "What could not be read" }).waitFor();
  await page.getByText("data/rates.csv").waitFor();
});

step("one that stands in more places than a page holds is read on to its last", async () => {
  const line = `SLACK_TOKEN=${plantedSecrets("everywhere").slackBotToken}\n`;
  await pushTo("forecast-service", (copy) => copy.commit("Copy it about", { "copies.env": line.repeat(130) }));
  const found = async () => (await look.answerOf<Secrets>("secrets?search=copies.env")).rows[0];
  await until("it is found", async () => (await found())?.places === 130);
  const secret = await found();
  assert.ok(secret !== undefined);
  await page.goto(`${sallyport.url}/secrets/${secret.instanceId}/${encodeURIComponent(secret.fingerprint)}`);
  const pane = page.getByRole("article", { name: "Secret" });
  await pane.getByText("130 places in 1 file").waitFor();
  await pane.getByText("110 more places").click();
  await pane.getByText("copies.env:100", { exact: true }).waitFor();
  assert.equal(await pane.getByText("copies.env:101", { exact: true }).count(), 0);
  await look.button("Show more").click();
  await pane.getByText("copies.env:130", { exact: true }).waitFor();
  assert.equal(await look.button("Show more").count(), 0);
  await look.noBarriers();
});

step("a branch that is gone holds it no more", async () => {
  const line = `SLACK_TOKEN=${plantedSecrets("deleted").slackBotToken}\n`;
  await pushTo("forecast-service", async (copy) => {
    await copy.git("checkout", "--quiet", "-b", "topic/short");
    await copy.commit("Try", { "short.env": line });
  });
  await page.goto(`${sallyport.url}/secrets?search=short.env`);
  const row = page.getByRole("table", { name: "Secrets" }).getByRole("row").filter({ hasText: "short.env" });
  await row.getByText("In topic/short").filter({ visible: true }).waitFor();
  await pushTo("forecast-service", (copy) => copy.git("push", "--quiet", "origin", "--delete", "topic/short"));
  await row.getByText("Only in history").filter({ visible: true }).waitFor();
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(complaints, []);
});
