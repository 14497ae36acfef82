import assert from "node:assert/strict";
import { test } from "node:test";
import { diffOfFix } from "./diff-of-fix.ts";
import type { TextEdit } from "./finding.ts";

const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);

function edit(startLine: number, startColumn: number, endLine: number, endColumn: number, text: string): TextEdit {
  return { at: { path: "a.tf", startLine, startColumn, endLine, endColumn }, text };
}

const signs = { same: " ", removed: "-", added: "+" } as const;

function diff(...edits: readonly TextEdit[]): readonly string[] {
  const hunks = diffOfFix({ edits }, new Map([["a.tf", lines.join("\n")]]));
  return hunks.map((hunk) =>
    hunk.lines.map(({ is, number, text }) => `${signs[is]}${number ?? ""} ${text}`).join("\n"),
  );
}

const cases: readonly [string, readonly TextEdit[], readonly string[]][] = [
  [
    "a value is replaced",
    [edit(5, 6, 5, 7, "five")],
    [" 2 line 2\n 3 line 3\n 4 line 4\n-5 line 5\n+ line five\n 6 line 6\n 7 line 7\n 8 line 8"],
  ],
  ["a line is added", [edit(2, 1, 2, 1, "new\n")], [" 1 line 1\n+ new\n 2 line 2\n 3 line 3\n 4 line 4"]],
  [
    "lines are removed at the end",
    [edit(19, 1, 20, 8, "")],
    [" 16 line 16\n 17 line 17\n 18 line 18\n-19 line 19\n-20 line 20\n+ "],
  ],
  [
    "near edits are one hunk",
    [edit(3, 1, 3, 1, "b"), edit(1, 1, 1, 1, "a")],
    ["-1 line 1\n-2 line 2\n-3 line 3\n+ aline 1\n+ line 2\n+ bline 3\n 4 line 4\n 5 line 5\n 6 line 6"],
  ],
  [
    "one that reaches into another is left out",
    [edit(1, 1, 1, 5, "x"), edit(1, 3, 1, 6, "y")],
    ["-1 line 1\n+ x 1\n 2 line 2\n 3 line 3\n 4 line 4"],
  ],
];

for (const [name, edits, expected] of cases) {
  test(name, () => assert.deepEqual(diff(...edits), expected));
}

test("what comes after the last newline is no line", () => {
  const [hunk] = diffOfFix({ edits: [edit(2, 1, 2, 2, "c")] }, new Map([["a.tf", "a\nb\n"]]));
  assert.deepEqual(
    hunk?.lines.map(({ is, text }) => signs[is] + text),
    [" a", "-b", "+c"],
  );
});

test("far edits are two hunks, and a file that is not there has none", () => {
  assert.equal(diff(edit(1, 1, 1, 1, "a"), edit(18, 1, 18, 1, "b")).length, 2);
  assert.deepEqual(diffOfFix({ edits: [edit(1, 1, 1, 1, "a")] }, new Map()), []);
});
