/** Every policy's examples come out as they say, and every policy has the words that people need. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { policies } from "./policies.generated.ts";
import { tryExamples } from "./try-examples.ts";

test("bad examples fail, good ones pass", () => {
  const failures = policies.flatMap((policy) => tryExamples(policy).map((failure) => `${policy.id}: ${failure}`));
  assert.deepEqual(failures, []);
});

test("ids and other tools' ids are given once", () => {
  const ids = policies.flatMap(({ id, aliases }) => [id, ...aliases]);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
});

test("a policy says what is wrong, why and what to do", () => {
  const wordless = policies.filter(
    ({ id, title, why, fix }) =>
      !/^iac\/[a-z0-9-]+$/.test(id) || title.endsWith(".") || title.length < 10 || why.length < 20 || fix.length < 10,
  );
  assert.deepEqual(
    wordless.map(({ id }) => id),
    [],
  );
});
