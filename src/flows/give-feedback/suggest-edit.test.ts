import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, TextEdit } from "#model/finding.ts";
import { linesOf, suggestEdit } from "./suggest-edit.ts";

type Numbers = readonly [startLine: number, startColumn: number, endLine: number, endColumn: number];

const span = ([startLine, startColumn, endLine, endColumn]: Numbers, path = "main.tf") => ({
  ...{ path, startLine, startColumn, endLine, endColumn },
});
const edit = (at: Numbers, text: string, path?: string): TextEdit => ({ at: span(at, path), text });

interface Given {
  readonly at: Numbers;
  readonly edits: readonly TextEdit[];
  readonly text: string;
  readonly rule?: string;
  readonly secretLines?: readonly number[];
  readonly safe?: boolean;
}

function blockOf({ at, edits, text, rule = "iac/rule", secretLines = [], safe = true }: Given): string | undefined {
  const finding = { rule, at: span(at), fix: { title: "Ask for it", safe, edits } } as unknown as Finding;
  const file = { text, secretLines: new Set(secretLines) };
  return suggestEdit(finding, new Map([["main.tf", file]]), linesOf(span(at)))?.replace(/^.*\n\n/, "");
}

const text = 'resource "a" "b" {\n\tname = "x"\n\topen = true\n}\n';

test("a suggestion says what the lines of the thread become", () => {
  assert.equal(
    blockOf({ at: [3, 2, 3, 13], edits: [edit([3, 9, 3, 13], "false")], text }),
    "```suggestion\n\topen = false\n```",
  );
  // An insertion after the line, with its newline before or behind it.
  const inserted = '```suggestion\nresource "a" "b" {\n\tsafe = true\n```';
  assert.equal(blockOf({ at: [1, 1, 1, 17], edits: [edit([2, 1, 2, 1], "\tsafe = true\n")], text }), inserted);
  assert.equal(blockOf({ at: [1, 1, 1, 17], edits: [edit([1, 19, 1, 19], "\n\tsafe = true")], text }), inserted);
  // Several lines and edits; one line goes.
  assert.equal(
    blockOf({ at: [2, 1, 4, 1], edits: [edit([2, 10, 2, 11], "y"), edit([3, 1, 4, 1], "")], text }),
    '```suggestion\n\tname = "y"\n```',
  );
  // Windows' line ends, and a last line without any.
  assert.equal(
    blockOf({ at: [1, 1, 1, 5], edits: [edit([1, 5, 1, 6], "2")], text: "a = 1\r\nb = 1\r\n" }),
    "```suggestion\na = 2\n```",
  );
  assert.equal(
    blockOf({ at: [2, 1, 2, 6], edits: [edit([2, 5, 2, 6], "2")], text: "a = 1\nb = 1" }),
    "```suggestion\nb = 2\n```",
  );
});

test("backticks in the code make the fence longer", () => {
  const block = blockOf({ at: [1, 1, 1, 3], edits: [edit([1, 1, 1, 1], "# ```` x\n")], text: "a\nb\n" });
  assert.equal(block, "`````suggestion\n# ```` x\na\n`````");
});

test("an edit that reaches beyond the lines is shown as a difference", () => {
  const beyond = blockOf({ at: [1, 1, 1, 17], edits: [edit([3, 9, 3, 13], "false")], text });
  assert.match(beyond ?? "", /^```diff\n[\s\S]*\n-\topen = true\n\+\topen = false\n[\s\S]*```$/);
  // All of it goes; the next line would move up.
  assert.match(blockOf({ at: [3, 1, 3, 13], edits: [edit([3, 1, 4, 1], "")], text }) ?? "", /^```diff/);
  assert.match(blockOf({ at: [3, 1, 3, 13], edits: [edit([3, 1, 4, 1], "x")], text }) ?? "", /^```diff/);
});

test("no secret is repeated, nor is anything suggested that nobody sees", () => {
  const edits = [edit([3, 9, 3, 13], "false")];
  assert.equal(blockOf({ at: [3, 2, 3, 13], edits, text, rule: "secrets/password" }), undefined);
  assert.equal(blockOf({ at: [3, 2, 3, 13], edits, text, secretLines: [3] }), undefined);
  // The difference would show the line around it.
  assert.equal(blockOf({ at: [1, 2, 1, 13], edits, text, secretLines: [2] }), undefined);
  assert.match(blockOf({ at: [3, 2, 3, 13], edits, text, secretLines: [2] }) ?? "", /^```suggestion/);
  assert.equal(blockOf({ at: [3, 2, 3, 13], edits: [edit([3, 9, 3, 13], "fa\u202else")], text }), undefined);
  assert.equal(blockOf({ at: [3, 2, 3, 13], edits: [edit([1, 1, 1, 1], "x", "other.tf")], text }), undefined);
});

test("what is not sure to change nothing else says so", () => {
  const finding = {
    ...{ rule: "iac/rule", at: span([3, 2, 3, 13]) },
    fix: { title: "Ask for *it*", safe: false, edits: [edit([3, 9, 3, 13], "false")] },
  } as unknown as Finding;
  const block = suggestEdit(finding, new Map([["main.tf", { text, secretLines: new Set() }]]), undefined);
  assert.match(block ?? "", /^\*\*Suggested edit:\*\* Ask for \\\*it\\\*\. It may change more/);
  assert.match(block ?? "", /```diff/);
});
