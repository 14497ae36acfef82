/** Gemfile.lock: what is written when a gem goes up, for all its platforms, and why it is left to Bundler where more would move. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PublishedGem, PublishedVersion } from "#model/fix-plan.ts";
import { planOf } from "../../testing/plan-of.ts";

const sum = (digit: string) => digit.repeat(64);

function gem(platform: string, dependencies: Readonly<Record<string, string>> = {}, more: Partial<PublishedGem> = {}) {
  return { platform, dependencies, requires: {}, sha256: sum(platform === "ruby" ? "a" : "b"), ...more };
}

const known = (one: readonly PublishedGem[], other: readonly PublishedGem[]): Record<string, PublishedVersion> => ({
  "json@1.0.1": { gems: one, place: "https://gems.example/" },
  "json@1.2.0": { gems: other, place: "https://gems.example/" },
});

const lock = (specs: readonly string[], asked: readonly string[], rest = "") =>
  `GEM\n  remote: https://gems.example/\n  specs:\n${specs.map((line) => `    ${line}\n`).join("")}\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n${asked.map((line) => `  ${line}\n`).join("")}${rest}\nBUNDLED WITH\n   2.3.15\n`;

interface Written {
  readonly gemfile: readonly [string, string];
  readonly lock: readonly [string, string];
  readonly published: Record<string, PublishedVersion>;
}

const written: Readonly<Record<string, Written>> = {
  "the lock file alone, where the Gemfile takes the version": {
    gemfile: ['gem "json"\n', 'gem "json"\n'],
    lock: [lock(["json (1.0.1)"], ["json"]), lock(["json (1.2.0)"], ["json"])],
    published: known([gem("ruby")], [gem("ruby")]),
  },
  "with the Gemfile that asks for less": {
    gemfile: ["gem 'json', '~> 1.0.1'\n", "gem 'json', '~> 1.2.0'\n"],
    lock: [lock(["json (1.0.1)"], ["json (~> 1.0.1)"]), lock(["json (1.2.0)"], ["json (~> 1.2.0)"])],
    published: known([gem("ruby")], [gem("ruby")]),
  },
  "each platform, the checksums, and what it asks for in Bundler's order": {
    gemfile: ['gem "outer"\n', 'gem "outer"\n'],
    lock: [
      lock(
        [
          "inner (1.0)",
          "json (1.0.1)",
          "  inner",
          "json (1.0.1-java)",
          "outer (1.0)",
          "  json (>= 1.0, < 2)",
          "zinc (1.0)",
        ],
        ["outer", "zinc"],
        `\nCHECKSUMS\n  json (1.0.1) sha256=${sum("1")}\n  json (1.0.1-java) sha256=${sum("2")}\n`,
      ),
      lock(
        [
          ...["inner (1.0)", "json (1.2.0)", "  inner (>= 0.9, < 2)", "  zinc (~> 1.0)", "json (1.2.0-java)"],
          ...["outer (1.0)", "  json (>= 1.0, < 2)", "zinc (1.0)"],
        ],
        ["outer", "zinc"],
        `\nCHECKSUMS\n  json (1.2.0) sha256=${sum("a")}\n  json (1.2.0-java) sha256=${sum("b")}\n`,
      ),
    ],
    published: known(
      [gem("ruby", { inner: ">= 0" }), gem("java")],
      [gem("java"), gem("ruby", { zinc: "~> 1.0", inner: "< 2&>= 0.9" })],
    ),
  },
  "without what nobody needs any more": {
    gemfile: ['gem "json"\n', 'gem "json"\n'],
    lock: [lock(["inner (1.0)", "json (1.0.1)", "  inner"], ["json"]), lock(["json (1.2.0)"], ["json"])],
    published: known([gem("ruby", { inner: ">= 0" })], [gem("ruby")]),
  },
};

for (const [name, { gemfile, lock: locks, published }] of Object.entries(written)) {
  for (const end of ["\n", "\r\n"]) {
    test(`written as Bundler would: ${name}${end === "\n" ? "" : ", with Windows' line ends"}`, () => {
      const at = (step: 0 | 1) => ({ Gemfile: gemfile[step], "Gemfile.lock": locks[step].replaceAll("\n", end) });
      const { plan, after } = planOf({ files: at(0), of: "json", published });
      assert.deepEqual(plan.is === "planned" ? [plan.needsRestore, plan.said] : plan.because, [false, []]);
      assert.deepEqual(after, at(1));
    });
  }
}

const left: Readonly<Record<string, readonly [string, Record<string, PublishedVersion>, RegExp]>> = {
  "nothing is known": [lock(["json (1.0.1)"], ["json (~> 1.0.1)"]), {}, /not known here/],
  "what is locked is not what is published": [
    lock(["inner (1.0)", "json (1.0.1)", "  inner"], ["json"]),
    known([gem("ruby")], [gem("ruby")]),
    /is not what is published/,
  ],
  "another platform comes": [
    lock(["json (1.0.1)"], ["json"]),
    known([gem("ruby")], [gem("ruby"), gem("java")]),
    /other platforms/,
  ],
  "it asks for a newer Ruby": [
    lock(["json (1.0.1)"], ["json"]),
    known([gem("ruby")], [gem("ruby", {}, { requires: { ruby: ">= 3.1" } })]),
    /asks for Ruby >= 3\.1/,
  ],
  "it needs more": [
    lock(["json (1.0.1)"], ["json"]),
    known([gem("ruby")], [gem("ruby", { inner: ">= 1" })]),
    /asks for inner >= 1, which the lock file does not have/,
  ],
  "who brings it in asks for less": [
    lock(["json (1.0.1)", "outer (1.0)", "  json (~> 1.0.0)"], ["outer"]),
    known([gem("ruby")], [gem("ruby")]),
    /outer 1\.0 asks for json ~> 1\.0\.0/,
  ],
};

for (const [name, [text, published, why]] of Object.entries(left)) {
  test(`left to Bundler where ${name}`, () => {
    const files = { Gemfile: "gem 'json', '~> 1.0.1'\n", "Gemfile.lock": text };
    const { plan, after } = planOf({ files, of: "json", published });
    assert.match(plan.is === "planned" ? plan.said.join(" ") : plan.because, why);
    assert.equal(after["Gemfile.lock"], text);
  });
}
