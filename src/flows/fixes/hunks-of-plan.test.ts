import assert from "node:assert/strict";
import { test } from "node:test";
import { withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { createKeys } from "#store/keys.ts";
import { hunksOfPlan } from "./hunks-of-plan.ts";

test("no secret beside a change is kept, however many the file holds", () => {
  for (const count of [3, 1001]) {
    const tokens = Array.from({ length: count }, (_, index) => withCrc32Base62("ghp_", `${index}`));
    const before = `${tokens.map((token) => `- ${token}\n`).join("")}image: a\n`;
    const after = before.replace("image: a", "image: b");
    const kept = JSON.stringify(
      hunksOfPlan({ keys: createKeys(new Uint8Array(32).fill(1)) }, [{ path: "app.yaml", before, after }]),
    );
    assert.deepEqual(
      tokens.filter((token) => kept.includes(token.slice(6))),
      [],
    );
    assert.equal(kept.includes("image: b"), count === 3);
  }
});
