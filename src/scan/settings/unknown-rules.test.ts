import assert from "node:assert/strict";
import { test } from "node:test";
import { unknownRules } from "./unknown-rules.ts";

const none = { rules: [], hasPolicies: false };
const said = async (rules: readonly string[], own: Parameters<typeof unknownRules>[1] = none) =>
  (
    await unknownRules(
      rules.map((rule, line) => ({ rule, reason: "why", line })),
      own,
    )
  ).map(({ message }) => message);

test("an id that no rule has is told with the nearest one", async () => {
  assert.deepEqual(await said(["secrets/jtw", "secrets/jwt"]), [
    "No rule has the id secrets/jtw; the nearest is secrets/jwt",
  ]);
  const [told, other] = await said(["CKV_AZURE_O3", "nothing-like-it-anywhere-at-all"]);
  assert.match(told ?? "", /^No rule has the id CKV_AZURE_O3; the nearest is CKV_AZURE_\d/);
  assert.equal(other, "No rule has the id nothing-like-it-anywhere-at-all");
});

test("ids that others bring along are not told", async () => {
  assert.deepEqual(await said(["imported/other/js-x"]), []);
  assert.deepEqual(await said(["secrets/of-ours"], { ...none, rules: [{ id: "secrets/of-ours", aliases: [] }] }), []);
  assert.deepEqual(await said(["OUR_1", "iac/custom-our-1"], { ...none, hasPolicies: true }), []);
  assert.equal((await said(["OUR_1"])).length, 1);
  assert.equal((await said(["licenses/x"], { ...none, hasPolicies: true })).length, 1);
});
