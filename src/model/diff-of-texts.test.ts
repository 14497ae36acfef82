import assert from "node:assert/strict";
import { test } from "node:test";
import { diffOfTexts } from "./diff-of-texts.ts";

const shown = (before: string, after: string) =>
  diffOfTexts("a", before, after).map(({ lines }) =>
    lines.map(({ is, text, number }) => `${{ same: " ", removed: "-", added: "+" }[is]}${number ?? ""}:${text}`),
  );

test("what changed is shown with three lines around it, far changes apart", () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
  const after = lines.with(4, "five").toSpliced(20, 0, "new");
  assert.deepEqual(shown(`${lines.join("\r\n")}\r\n`, `${after.join("\r\n")}\r\n`), [
    [" 2:line 2", " 3:line 3", " 4:line 4", "-5:line 5", "+:five", " 6:line 6", " 7:line 7", " 8:line 8"],
    [" 18:line 18", " 19:line 19", " 20:line 20", "+:new", " 21:line 21", " 22:line 22", " 23:line 23"],
  ]);
  assert.deepEqual(shown("same\n", "same\n"), []);
  assert.deepEqual(shown("", "a\nb\n"), [["+:a", "+:b"]]);
  assert.deepEqual(shown("a\nb\n", ""), [["-1:a", "-2:b"]]);
});

test("however much changed, it ends", () => {
  const text = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`).join("\n");
  const [lines] = shown(text("old"), text("new"));
  assert.equal(lines?.length, 40_000);
});
