/** What the steps of the browser story look for on a page, by what people see or hear. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import type { Secrets } from "#api/secrets/contract.ts";
import { until } from "../stories/until.ts";
import { findBarriers } from "./find-barriers.ts";

export interface PageParts {
  heading(name: string): Locator;
  button(name: string): Locator;
  /** The rows of the list of issues that exist: those in view and a few around. */
  issueRows(): Locator;
  /** Waits until a list has so many rows, in view or not. */
  listHas(list: "Issues" | "Rules" | "Secrets", total: number): Promise<void>;
  /** What the server's API answers to the person in the browser. */
  answerOf<Answer>(address: string): Promise<Answer>;
  totalOf(list: "issues" | "rules" | "secrets", query: string): Promise<number>;
  /** Until every repository's history was read: from then on no more issues come by themselves. */
  historiesAreRead(): Promise<void>;
  /** Opens an address and says where a link on it leads. */
  hrefOf(address: string, link: Locator): Promise<string>;
  /** Fails if axe finds something serious, in dark and in light colours. */
  noBarriers(): Promise<void>;
}

export function partsOf(page: Page): PageParts {
  async function answerOf<Answer>(address: string): Promise<Answer> {
    const response = await page.request.get(new URL(`/api/${address}`, page.url()).href);
    assert.equal(response.status(), 200, address);
    return (await response.json()) as Answer;
  }
  return {
    heading: (name) => page.getByRole("heading", { level: 1, name, exact: true }),
    button: (name) => page.getByRole("button", { name, exact: true }),
    issueRows: () =>
      page
        .getByRole("table", { name: "Issues" })
        .getByRole("row")
        .filter({ has: page.getByRole("cell") }),
    async listHas(name, total) {
      // The head is a row, too.
      const list = page.getByRole("table", { name }).and(page.locator(`[aria-rowcount="${total + 1}"]`));
      await list.waitFor();
    },
    answerOf,
    totalOf: async (list, query) => (await answerOf<{ total: number }>(`${list}?limit=1&${query}`)).total,
    async hrefOf(address, link) {
      await page.goto(address);
      return (await link.getAttribute("href")) ?? "";
    },
    async historiesAreRead() {
      await until("histories are read", async () => {
        const { rows } = await answerOf<Secrets>("secrets?limit=200");
        return rows.some(({ inHead }) => !inHead) && rows.every(({ introduced }) => introduced !== null);
      });
    },
    async noBarriers() {
      assert.deepEqual(await findBarriers(page), []);
    },
  };
}
