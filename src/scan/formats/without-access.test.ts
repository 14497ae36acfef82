import assert from "node:assert/strict";
import { test } from "node:test";
import { shownText, withoutAccess } from "./without-access.ts";

test("addresses keep what they need: the account of SSH, the path, what stands behind the hash", () => {
  const same = [
    "git+ssh://git@git.example/a",
    "ssh://ops@git.example/a",
    "https://git@git.example/a.git#egg=one",
    "^1.2",
  ];
  for (const text of same) assert.equal(withoutAccess(text), text);
  assert.equal(
    withoutAccess("@ https://files.example/a@1.whl?sig=abc#sha256=0"),
    "@ https://files.example/a@1.whl#sha256=0",
  );
  assert.equal(
    withoutAccess("a https://ops@a.example, b ssh://o:p@b.example"),
    "a https://a.example, b ssh://b.example",
  );
});

test("a text is cut only where it holds nothing that gives access", () => {
  assert.equal(shownText(`git+https://ops:${"p".repeat(200)}@git.example/a`), "git+https://git.example/a");
});
