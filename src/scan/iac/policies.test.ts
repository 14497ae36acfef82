/** Every policy's examples come out as they say, every policy has the words that people need, and every fix is proven. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { policies } from "./policies.generated.ts";
import { tryExamples } from "./try-examples.ts";

test("bad examples fail, good ones pass", () => {
  const failures = policies.flatMap((policy) => tryExamples(policy).map((failure) => `${policy.id}: ${failure}`));
  assert.deepEqual(failures, []);
});

/** Another tool's one check, which two policies of ours answer together. */
const divided: ReadonlySet<string> = new Set(["CKV_DOCKER_4 on docker:ADD", "CKV_DOCKER_4 on docker:file"]);

test("an id is given once, and another tool's id once per type of resource", () => {
  const named = policies.flatMap(({ id, aliases, on }) => [
    id,
    ...aliases.flatMap((alias) => Object.keys(on).map((key) => `${alias} on ${key}`)),
  ]);
  assert.deepEqual(
    named.filter((name, index) => named.indexOf(name) !== index && !divided.has(name)),
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
