import assert from "node:assert/strict";
import { test } from "node:test";
import { coverSecrets } from "./cover-secrets.ts";
import { maskWords } from "./mask-reasons.ts";
import { withCrc32Base62 } from "./secrets/examples/example-values.ts";

const tokens = (count: number) => Array.from({ length: count }, (_, index) => withCrc32Base62("ghp_", `${index}`));

test("each secret of a text is covered, and where there are more than are looked for, all of it is", () => {
  for (const count of [3, 1001]) {
    const all = tokens(count);
    const text = `They were:\n${all.map((token) => `- ${token}\n`).join("")}`;
    const kept = maskWords(text);
    assert.equal(kept.length, text.length);
    assert.deepEqual(
      all.filter((token) => kept.includes(token.slice(6))),
      [],
    );
    assert.equal(kept.startsWith("They were:\n- •"), count === 3);
  }
});

test("what is covered as a whole keeps its lines", () => {
  assert.equal(coverSecrets("a 𝟙b\n\tc\n", undefined), "• •••\n\t•\n");
});
