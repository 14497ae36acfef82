import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "#scan/secrets/examples/example-values.ts";
import { withoutSecrets } from "./without-secrets.ts";

const token = `ghp_${sample("base62", 36, "hooks")}`;

test("a payload is kept without the secrets that people wrote into it", () => {
  const commit = "11f6ad8ec52a2984abaafd7c3b516503785c2072";
  const payload = {
    resource: { commits: [{ commitId: commit, comment: `Remove ${token} from CI` }], title: "Fix 17" },
  };
  const kept = JSON.stringify(withoutSecrets(payload));
  assert.ok(!kept.includes(token));
  assert.match(kept, /"comment":"Remove •+ from CI"/);
  assert.ok(kept.includes(`"commitId":"${commit}"`));
});

test("what holds none is left as it is", () => {
  const payload = {
    id: 17,
    when: null,
    resource: { refUpdates: [{ name: "refs/heads/main" }], comment: "Add a page" },
  };
  assert.equal(withoutSecrets(payload), payload);
});
