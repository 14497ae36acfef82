import assert from "node:assert/strict";
import { test } from "node:test";
import { readPublished } from "./npm-published.ts";

test("a version as a lock file needs it; without a checksum that npm takes there is nothing to write", () => {
  const integrity = `sha512-${"a".repeat(86)}==`;
  const dist = { integrity, tarball: "https://npm.example/a/-/a-1.0.0.tgz" };
  const versions = {
    "1.0.0": {
      dist,
      license: { type: "MIT" },
      dependencies: { b: "^2.0.0", c: 7 },
      engines: { node: ">=18" },
      scripts: {},
    },
    "1.1.0": { dist: { ...dist, integrity: "md5-x" } },
    "1.2.0": { dist: { shasum: "0" } },
  };
  assert.deepEqual(readPublished({ versions }, "1.0.0"), {
    ...{ integrity, resolved: dist.tarball, dependencies: { b: "^2.0.0" }, licenses: ["MIT"] },
    entry: { engines: { node: ">=18" }, license: "MIT" },
  });
  for (const version of ["1.1.0", "1.2.0", "9.9.9", "__proto__", "toString"]) {
    assert.equal(readPublished({ versions }, version), undefined, version);
  }
});
