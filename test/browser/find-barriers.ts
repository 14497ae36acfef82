/**
 * What axe finds on a page that keeps people out, in dark and in light colours: its serious and critical violations, one
 * line each.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Result } from "axe-core";
import type { Page } from "playwright-core";

interface Found {
  readonly violations: readonly Result[];
  /** Colours of texts that axe has passed. */
  readonly passed: readonly number[];
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const inPage = await readFile(new URL("barriers-in-page.js", import.meta.url), "utf8");

/** Of all pages that this process has looked at. */
const passed = new Set<number>();

export async function findBarriers(page: Page): Promise<string[]> {
  // Passed as an expression: a script element would be refused by the content security policy.
  if ((await page.evaluate("typeof findBarriers")) === "undefined") await page.evaluate(`${axe}\n${inPage}`);
  const found = (await page.evaluate(`findBarriers(${JSON.stringify([...passed])})`)) as Found;
  for (const colours of found.passed) passed.add(colours);
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${page.url()} ${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
    );
}
