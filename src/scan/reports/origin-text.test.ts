/** Of a secret in a history people read whether it is gone, and nothing where that is not known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { originText } from "./origin-text.ts";

const origin = { commit: "0a1b2c3d4e5f6071", author: "Ada", at: "2024-05-01T10:00:00Z", branches: [] };
const since = "since 0a1b2c3d4e (Ada, 2024-05-01)";

test("an origin says where the finding still is", () => {
  assert.equal(originText({ ...origin, inHead: true }), since);
  assert.equal(originText({ ...origin, inHead: false }), `${since}, only in history`);
  assert.equal(
    originText({ ...origin, inHead: false, branches: ["old", "topic"] }),
    `${since}, not in HEAD but in old, topic`,
  );
  assert.equal(originText(origin), `${since}, perhaps still in HEAD`);
});

test("an origin says nothing of what is not known", () => {
  assert.equal(originText({ ...origin, at: "", inHead: true }), "since 0a1b2c3d4e (Ada)");
  assert.equal(originText({ ...origin, author: "", at: "", inHead: true }), "since 0a1b2c3d4e");
});
