/** Every entry taken out of a lock file and put in again leaves the file as it was, however it is laid out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changedText } from "../../text-edits.ts";
import { sectionChanges } from "./lock-changes.ts";
import { type LockEntries, type LockSection, nugetLockOf } from "./nuget-lock.ts";

const lock = {
  version: 2,
  dependencies: {
    ".NETStandard,Version=v2.0": {},
    "net8.0": {
      Beta: {
        type: "Direct",
        requested: "[1.0.0, )",
        resolved: "1.0.0",
        contentHash: "a",
        dependencies: { alpha: "[1.0.0]" },
      },
      gamma: { type: "Direct", requested: "[1.0.0, )", resolved: "1.0.0", contentHash: "b" },
      alpha: { type: "Transitive", resolved: "1.0.0", contentHash: "c" },
      "Alpha.Core": { type: "Transitive", resolved: "1.0.0", contentHash: "d" },
      other: { type: "Project" },
      own: { type: "Project", dependencies: { Beta: "[1.0.0, )", other: "[1.0.0, )" } },
      Central: { type: "CentralTransitive", requested: "[1.0.0, )", resolved: "1.0.0", contentHash: "e" },
    },
    "net8.0/win-x64": { "Alpha.Core": { type: "Transitive", resolved: "1.0.0", contentHash: "d" } },
  },
};

function sectionsOf(text: string): readonly LockSection[] {
  const read = nugetLockOf({}, text);
  assert.ok(typeof read === "object");
  return read.sections;
}

function rewritten(text: string, name: string, change: (entries: LockEntries) => LockEntries): string {
  const section = sectionsOf(text).find(({ slice }) => slice.key === name);
  assert.ok(section);
  const after = changedText(text, sectionChanges(text, section, change(section.entries)));
  assert.ok(after !== undefined);
  return after;
}

test("what is taken out and put in again stands where it stood", () => {
  const pretty = JSON.stringify(lock, null, 2);
  const layouts = [pretty, pretty.replaceAll("\n", "\r\n"), JSON.stringify(lock, null, "\t"), JSON.stringify(lock)];
  for (const text of layouts) {
    for (const { slice, entries } of sectionsOf(text)) {
      assert.equal(
        rewritten(text, slice.key, () => structuredClone(entries)),
        text,
      );
      for (const [key, entry] of entries) {
        const without = rewritten(text, slice.key, (all) => new Map([...all].filter(([other]) => other !== key)));
        assert.equal(
          sectionsOf(without).some((one) => one.slice.key === slice.key && one.entries.has(key)),
          false,
        );
        assert.equal(
          rewritten(without, slice.key, (all) => new Map([...all, [key, entry]])),
          text,
          key,
        );
      }
    }
  }
});
