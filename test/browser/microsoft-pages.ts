/** The stand-in's pages of Microsoft, as a person goes through them: pick an account, accept or cancel. */
import type { Locator, Page } from "playwright-core";

interface Answers {
  /** Who to be, where it is asked. */
  readonly account: string;
  readonly consent: "Accept" | "Cancel";
}

/** Ends where the browser is back, or at the first page of Microsoft's that is no question. */
export async function throughMicrosoft(page: Page, leave: Locator, answers: Answers): Promise<void> {
  const from = page.url();
  await leave.click();
  await page.waitForURL((url) => url.href !== from);
  for (;;) {
    await page.waitForURL(/\/_hosts\/login\.microsoftonline\.com\/|[?&]attempt=/);
    if (page.url().includes("attempt=")) return;
    const title = await page.title();
    if (title === "Pick an account") {
      await page.getByRole("button", { name: answers.account }).click();
    } else if (title === "Permissions requested") {
      await page.getByRole("button", { name: answers.consent }).click();
    } else return;
    // The next page has another title, or the browser is back.
    await page.getByRole("heading", { name: title, exact: true }).waitFor({ state: "hidden" });
  }
}
