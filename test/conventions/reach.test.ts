import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sourceFiles } from "./source-files.ts";

/** Rules for secrets hold examples of other people's code: what these reach for is text. */
const product = sourceFiles("src").filter(
  (file) => !/\.test\.ts$|\/testing\/|^src\/scan\/secrets\/(?:rules|examples)\//.test(file.path),
);

/** Each line is a reach that only one place may have. */
const reaches: readonly { what: string; pattern: RegExp; allowed: RegExp }[] = [
  { what: "process.env", pattern: /\bprocess\.env\b/, allowed: /^src\/cli\/config\.ts$/ },
  {
    what: "SQL",
    pattern: /\bsql`|\b(INSERT INTO|DELETE FROM|SELECT .+ FROM|UPDATE \w+ SET)\b|from "(kysely|pg|pg-boss)"/,
    allowed: /^src\/store\//,
  },
  {
    what: "the network",
    pattern: /\bawait fetch\(|from "node:https?"|from "undici"/,
    // Providers of secrets are asked by one file, and whoever listens to webhooks is told by one.
    allowed:
      /^src\/((azure-devops|git|api|cli|knowledge)\/|flows\/(live-checks\/send-live-request|webhooks\/open-webhook-sender)\.ts$)/,
  },
  { what: "git", pattern: /spawn\w*\(\s*"git"/, allowed: /^src\/git\// },
];

/** `scan` and `model` are pure: bytes in, findings out. */
const impure =
  /from "node:(fs|fs\/promises|http|https|net|child_process|worker_threads|os)"|\bconsole\.\w+\(|\bDate\.now\(|new Date\(\)|from "pino"/;

describe("reach", () => {
  for (const { what, pattern, allowed } of reaches) {
    it(`${what} is used only where it belongs`, () => {
      const wrong = product.filter(({ path, text }) => !allowed.test(path) && pattern.test(withoutComments(text)));
      assert.deepEqual(
        wrong.map((file) => file.path),
        [],
      );
    });
  }

  it("model and scan are pure", () => {
    const wrong = product.filter(
      ({ path, text }) => /^src\/(model|scan)\//.test(path) && impure.test(withoutComments(text)),
    );
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });

  it("flows read the time from app.now()", () => {
    const wrong = product.filter(
      ({ path, text }) => /^src\/flows\//.test(path) && /\bDate\.now\(|new Date\(\)/.test(withoutComments(text)),
    );
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
