import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import { packageKey } from "#model/package-key.ts";
import { famousNames } from "./famous-names.ts";
import { lookAlikeOf } from "./look-alike.ts";

test("names that imitate a famous one", () => {
  for (const [ecosystem, name, of, by] of [
    ["npm", "lodahs", "lodash", "two letters swapped"],
    ["npm", "loadash", "lodash", "one letter too many"],
    ["npm", "expres", "express", "one letter missing"],
    ["npm", "axois", "axios", "two letters swapped"],
    ["npm", "crossenv", "cross-env", "other separators"],
    ["npm", "@bable/core", "@babel/core", "two letters swapped"],
    ["npm", "angular-core", "@angular/core", "another scope"],
    ["npm", "1odash", "lodash", "letters that look alike"],
    ["npm", "reаct-dom", "react-dom", "letters that look alike"],
    ["PyPI", "reqeusts", "requests", "two letters swapped"],
    ["PyPI", "python_dateutils", "python-dateutil", "one letter too many"],
    ["PyPI", "djang0", "django", "letters that look alike"],
    ["PyPI", "scikit-leam", "scikit-learn", "letters that look alike"],
    ["PyPI", "scikitlearn", "scikit-learn", "other separators"],
    ["NuGet", "Newtonsoft.Jsom", "Newtonsoft.Json", "one letter differs"],
    ["NuGet", "NewtonsoftJson", "Newtonsoft.Json", "other separators"],
    ["crates.io", "rustdecimal", undefined, ""],
    ["crates.io", "serde-json", "serde_json", "other separators"],
    ["Packagist", "symfonny/console", "symfony/console", "one letter too many"],
  ] as const) {
    const expected = of === undefined ? undefined : { of, by };
    assert.deepEqual(lookAlikeOf(ecosystem, packageKey(ecosystem, name)), expected, name);
  }
});

test("no imitation: famous themselves, short, another number, within the owner's own names", () => {
  for (const [ecosystem, name] of [
    ["npm", "preact"],
    ["npm", "vuex"],
    ["npm", "lodash4"],
    ["npm", "@angular/croe"],
    ["npm", "left-pad"],
    ["PyPI", "boto"],
    ["PyPI", "psycopg3"],
    ["NuGet", "System.Text.Jsons"],
    ["Packagist", "symfony/consoles"],
    ["Maven", "org.slf4j:slf4j-apii"],
  ] as const) {
    assert.equal(lookAlikeOf(ecosystem, packageKey(ecosystem, name)), undefined, name);
  }
  for (const [ecosystem, names] of Object.entries(famousNames) as [Ecosystem, string][])
    for (const name of names.trim().split(/\s+/))
      assert.equal(lookAlikeOf(ecosystem, packageKey(ecosystem, name)), undefined, name);
});
