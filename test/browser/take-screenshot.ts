/** Pictures for the README, taken only when asked: `npm test -- test/browser --screenshots`. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const asked = process.env.SALLYPORT_SCREENSHOTS === "1";

export async function takeScreenshot(page: Page, name: string): Promise<void> {
  if (!asked) return;
  await mkdir(folder, { recursive: true });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}${name}.png`, animations: "disabled" });
}
