import assert from "node:assert/strict";
import { test } from "node:test";
import { shownAddress } from "./source-address.ts";

const cases: readonly (readonly [string, string | undefined])[] = [
  ["git+https://user:word@git.example/a/b.git#main", "https://git.example/a/b.git"],
  ["https://token@files.example/a.tgz?sig=abc", "https://files.example/a.tgz"],
  ["git@git.example:a/b.git", "ssh://git@git.example/a/b.git"],
  ["git+ssh://git@git.example:a/b.git", "ssh://git@git.example/a/b.git"],
  ["ssh://git@git.example:2222/a/b", "ssh://git@git.example:2222/a/b"],
  ["ssh://git:word@git.example/a", "ssh://git.example/a"],
  ["https://git.example/a b%20c\u0000", "https://git.example/a%20b%20c%00"],
  ["../elsewhere", undefined],
  ["", undefined],
];

for (const [written, shown] of cases) {
  test(written, () => assert.equal(shownAddress(written), shown));
}
