/** What becomes of a person: passwords are set and changed, rights taken away, and in the end they are removed. One story. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { createStory } from "./create-story.ts";
import { tellPage } from "./open-browser.ts";
import { type SharedConnected, shareConnected } from "./open-connected.ts";
import { partsOf } from "./parts-of.ts";

let shared: SharedConnected;
let theirs: Page;

const step = createStory(() => tellPage(theirs, shared.complaints));
const name = "Jun Arai";
const other = { name: "Lea Brandt", password: "sits at the same desk" };

before(async () => {
  shared = await shareConnected();
  const [instance] = (await shared.look.answerOf<{ rows: { id: string }[] }>("instances")).rows;
  const member = { name, password: "forgotten by next week", role: "member", instances: [instance?.id] };
  await shared.api.post("/api/users", member);
  await shared.api.post("/api/users", { ...member, ...other });
  theirs = await (await shared.browser.openContext()).newPage();
});

after(() => shared?.close());

const row = () => shared.page.getByRole("table", { name: "People" }).getByRole("row", { name });

async function choose(item: string): Promise<void> {
  await row().getByRole("button").click();
  await shared.page.getByRole("menuitem", { name: item }).click();
}

step("whoever forgot their password is given a new one", async () => {
  const { page, sallyport, look } = shared;
  await page.goto(`${sallyport.url}/settings/people`);
  await choose("Set a new password");
  await page.getByRole("dialog").getByLabel("New password").fill("written on paper");
  await look.noBarriers();
  await page.getByRole("dialog").getByRole("button", { name: "Set the password" }).click();
  await page.getByText(`${name} signs in with the new password now.`).waitFor();
});

step("they sign in with it, and choose one that nobody else knows", async () => {
  await theirs.goto(`${shared.sallyport.url}/secrets`);
  await theirs.getByLabel("Name").fill(name);
  await theirs.getByLabel("Password", { exact: true }).fill("written on paper");
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await theirs.getByRole("button", { name }).click();
  await theirs.getByRole("menuitem", { name: "Change your password" }).click();
  const dialog = theirs.getByRole("dialog");
  await dialog.getByLabel("Your password until now").fill("forgotten by next week");
  await dialog.getByLabel("New password").fill("nobody else knows this");
  await dialog.getByRole("button", { name: "Change the password" }).click();
  await dialog.getByText("This is not your password").waitFor();
  await partsOf(theirs).noBarriers();
  await dialog.getByLabel("Your password until now").fill("written on paper");
  await dialog.getByRole("button", { name: "Change the password" }).click();
  await theirs.getByText("Your password is changed.").waitFor();
});

step("signing in anew in another tab stops nobody; as somebody else, nothing is done", async () => {
  const signIn = (data: typeof other) => theirs.request.post(`${shared.sallyport.url}/api/session`, { data });
  const makeToken = async (label: string) => {
    await theirs.getByRole("button", { name: "New token" }).click();
    await theirs.getByRole("dialog").getByLabel("Name").fill(label);
    await theirs.getByRole("dialog").getByRole("button", { name: "Create the token" }).click();
  };
  await theirs.goto(`${shared.sallyport.url}/settings/tokens`);
  await signIn({ name, password: "nobody else knows this" });
  await makeToken("script");
  await theirs.getByText("Copy it now").waitFor();
  await theirs.getByRole("button", { name: "Done" }).click();
  await signIn(other);
  await makeToken("of somebody else");
  await theirs.getByText("Somebody else has signed in with this browser").waitFor();
  await signIn({ name, password: "nobody else knows this" });
  await theirs.goto(`${shared.sallyport.url}/secrets`);
});

step("a page that nobody is at says so with what it asks", async () => {
  const page = await theirs.context().newPage();
  await page.clock.install();
  await page.goto(`${shared.sallyport.url}/fixes`);
  const isUnattendedAfter = async (passed: string) => {
    const answer = page.waitForResponse(/\/api\/fixes/);
    await page.clock.fastForward(passed);
    await (await answer).finished();
    return (await answer).request().headers()["x-unattended"] !== undefined;
  };
  await page.getByText("No fix yet").waitFor();
  assert.equal(await isUnattendedAfter("01:00"), false);
  assert.equal(await isUnattendedAfter("10:00"), true);
  await page.mouse.move(20, 20);
  assert.equal(await isUnattendedAfter("01:00"), false);
  await page.close();
});

step("they see nothing any more once that is taken away, and are removed in the end", async () => {
  const { page } = shared;
  await choose("Change rights");
  await page.getByRole("dialog").getByRole("combobox", { name: "Instances" }).press("Backspace");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await row().getByText("See and triage 0 instances (member)").waitFor();
  await theirs.getByText("There is no instance that you may see").waitFor();
  await choose("Remove");
  await page.getByRole("dialog").getByLabel(`Type ${name} to confirm`).fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await row().waitFor({ state: "detached" });
});

step("the browser had nothing to complain about", () => {
  assert.deepEqual(shared.complaints, []);
});
