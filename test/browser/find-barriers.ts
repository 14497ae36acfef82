/** What axe finds on a page that keeps people out: its serious and critical violations, one line each. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** `contrast`: colours alone, for a page that was looked at in another scheme. */
export async function findBarriers(page: Page, only?: "contrast"): Promise<string[]> {
  // Passed as an expression: a script element would be refused by the content security policy.
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(source);
  const runOnly = only === "contrast" ? ", runOnly: ['color-contrast']" : "";
  const results = (await page.evaluate(`axe.run(document, { resultTypes: ['violations']${runOnly} })`)) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${page.url()} ${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
    );
}
