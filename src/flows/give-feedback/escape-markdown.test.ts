import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeMarkdown, markdownCode, markdownProse } from "./escape-markdown.ts";

test("text becomes no markup, no mention, no link and no second line", () => {
  assert.equal(escapeMarkdown("a*b_c #12 @<me> [x](y)\n# title"), "a\\*b\\_c \\#12 \\@\\<me\\> \\[x\\](y) \\# title");
  assert.equal(escapeMarkdown("<img src=x>"), "\\<img src=x\\>");
  assert.equal(escapeMarkdown("see evil.example, !12 or 1.5."), "see evil\\.example, \\!12 or 1\\.5.");
  assert.deepEqual(["- a", " + a", "---", "===", "1. a", "12) a"].map(escapeMarkdown), [
    ...["\\- a", " \\+ a", "\\---", "\\===", "1\\. a", "12\\) a"],
  ]);
  assert.equal(escapeMarkdown("It is so (or not), and well-known!"), "It is so (or not), and well-known!");
  assert.equal(markdownCode("cfg/\u202egnp.env"), "`cfg/U+202Egnp.env`");
});

test("code is fenced with more backticks than it holds", () => {
  assert.equal(markdownCode("plain"), "`plain`");
  assert.equal(markdownCode("a`b``c"), "``` a`b``c ```");
  assert.equal(markdownCode("a\nb"), "`a b`");
});

test("a rule's sentences keep their code, and nothing else of what they hold is markup", () => {
  assert.equal(markdownProse("Set `a_b` (not `c`) to *true*."), "Set `a_b` (not `c`) to \\*true\\*.");
  assert.equal(markdownProse("one ` alone, <b>"), "one \\` alone, \\<b\\>");
  assert.equal(markdownProse("`[x](y)`"), "`[x](y)`");
});
