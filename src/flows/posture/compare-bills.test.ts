import assert from "node:assert/strict";
import { test } from "node:test";
import type { BillItem, PipelineBill } from "#model/posture/pipeline-bill.ts";
import { compareBills } from "./compare-bills.ts";

const item = (name: string, version?: string, change: Partial<BillItem> = {}): BillItem => ({
  ...{ kind: "task", name, certainty: "authorised", jobs: ["build"], evidence: [] },
  ...(version !== undefined && { version }),
  ...change,
});

const bill = (...items: readonly BillItem[]): PipelineBill => ({
  ...{ projectId: "p", definitionId: 1, name: "ci", revision: 1, url: "", starts: [], items, gaps: [] },
  identity: { name: "build", reach: "project" },
});

test("one thing in another version is changed; one of several versions is added or removed", () => {
  const before = bill(
    item("Bash", "3"),
    item("Npm", "1"),
    item("Gone"),
    item("Same", "1", { evidence: [{ what: "a:1" }] }),
  );
  const after = bill(item("Bash", "4"), item("Npm", "1"), item("Npm", "2"), item("New"), item("Same", "1"));
  const { added, removed, changed } = compareBills(before, after);
  assert.deepEqual(
    [added, removed].map((all) => all.map(({ name, version }) => [name, version])),
    [
      [
        ["Npm", "2"],
        ["New", undefined],
      ],
      [["Gone", undefined]],
    ],
  );
  assert.deepEqual(
    changed.map(({ before: one, after: other, fields }) => [one.version, other.version, fields]),
    [["3", "4", ["version"]]],
  );
  assert.deepEqual(compareBills(before, before), { added: [], removed: [], changed: [] });
});
