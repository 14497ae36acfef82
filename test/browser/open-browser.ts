/** A browser for one test file, and tabs in it that fail the test when the console logs an error. */
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { findBrowser } from "./find-browser.ts";

export interface OpenBrowser {
  /** One person's browser: its own cookies, its own clipboard. */
  openContext(options?: { readonly scheme?: "light" | "dark"; readonly width?: number }): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Milliseconds that anything on a page may take before the test fails. */
const patience = 20_000;

export async function openBrowser(): Promise<OpenBrowser> {
  const { executablePath, args, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args], env: { ...env } });
  return {
    async openContext({ scheme = "light", width = 1440 } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        locale: "en-GB",
        timezoneId: "UTC",
        reducedMotion: "reduce",
        permissions: ["clipboard-read", "clipboard-write"],
      });
      context.setDefaultTimeout(patience);
      return context;
    },
    close: () => browser.close(),
  };
}

/** What a page complained of: errors in scripts, refused styles and scripts. An answer of 4xx is no complaint. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) complaints.push(`${page.url()}: ${message.text()}`);
  });
  return complaints;
}

/** Where a page stands, for the message of a failure. */
export async function tellPage(page: Page, complaints: readonly string[]): Promise<string> {
  const seen = await page.locator("body").innerText();
  return `at ${page.url()}, which says:\n${seen.slice(0, 3000)}\n${complaints.join("\n")}`;
}
