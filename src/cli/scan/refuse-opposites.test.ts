/** Options that say nothing together, or nothing at all, are mistakes that are told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { refuseOpposites } from "./refuse-opposites.ts";
import type { ScanOptions } from "./scan-options.ts";

const usual: ScanOptions = { format: "table", failOn: "low" };

const wrong: readonly (readonly [Partial<ScanOptions>, string])[] = [
  [{ staged: true, history: true }, "--staged and --history exclude each other"],
  [{ path: "a.ts" }, "--path names the file of --stdin, which is not given"],
  [{ stdin: true, path: "" }, "--path is empty"],
  [{ validate: "" }, "--validate is empty"],
  [{ trigger: "push" }, "--trigger is for --policies, which is not given"],
  [{ repository: "shop/web" }, "--repository is for --policies, which is not given"],
  [{ tags: "pci" }, "--tags is for --policies, which is not given"],
  [{ branch: "default" }, "--branch is for --policies, which is not given"],
  [{ includePassed: true }, "--include-passed needs --format json"],
];

for (const [options, message] of wrong) {
  test(message, () => assert.throws(() => refuseOpposites({ ...usual, ...options }), { message }));
}

test("what is for policies goes with them, and providers may be all", () => {
  refuseOpposites({
    ...usual,
    policies: "built-in",
    trigger: "push",
    repository: "shop/web",
    tags: "a",
    branch: "other",
  });
  refuseOpposites({ ...usual, validate: true });
  refuseOpposites({ ...usual, format: "json", includePassed: true });
});
