import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import { openSample } from "./open-sample.ts";

const sample = openSample();

describe("the sample", () => {
  const famous: readonly (readonly [Ecosystem, string, string])[] = [
    ["npm", "lodash", "GHSA-"],
    ["PyPI", "django", "PYSEC-"],
    ["Maven", "org.apache.logging.log4j:log4j-core", "GHSA-"],
    ["Go", "golang.org/x/net", "GO-"],
    ["crates.io", "smallvec", "RUSTSEC-"],
    ["RubyGems", "rack", "GHSA-"],
    ["Packagist", "twig/twig", ""],
    ["NuGet", "microsoft.data.sqlclient", "GHSA-"],
    [".NET", "Microsoft.AspNetCore.App", "CVE-"],
  ];
  for (const [ecosystem, name, prefix] of famous) {
    it(`knows ${name}, with source and licence, in words of our own`, () => {
      const advisories = sample.advisoriesOf(ecosystem, name);
      assert.ok(
        advisories.some(({ id }) => id.startsWith(prefix)),
        advisories.map(({ id }) => id).join(", "),
      );
      for (const { title, details, source, affected } of advisories) {
        assert.match(title, new RegExp(` in ${name.replaceAll(".", "\\.")}$`, "i"));
        assert.equal(details, undefined);
        assert.match(source, /\(.+\)$/);
        assert.ok(affected.length > 0);
      }
    });
  }

  it("says that nothing is to be decided by it", () => {
    assert.equal(sample.status().notice, "sample, not for decisions");
    assert.ok(sample.status().ecosystems.length >= 9);
  });

  it("knows how long .NET is supported, and one vulnerability that is exploited", () => {
    const dates = Object.fromEntries(sample.runtimes.map(({ channel, endOfLife }) => [channel, endOfLife]));
    assert.deepEqual([dates["3.1"], dates["8.0"], dates["10.0"]], ["2022-12-13", "2026-11-10", "2028-11-14"]);
    assert.equal(sample.knownExploited("CVE-2021-44228")?.added, "2021-12-10");
    assert.equal(sample.knownExploited("toString"), undefined);
  });

  it("holds no sentences of others", () => {
    const text = readFileSync(new URL("records.jsonl", import.meta.url), "utf8");
    assert.doesNotMatch(text, /"(summary|details)"/);
  });
});
