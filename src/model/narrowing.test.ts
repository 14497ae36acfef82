import assert from "node:assert/strict";
import { test } from "node:test";
import { narrow, nothingNarrowed } from "./narrowing.ts";

const repository = { project: "Web Shop", name: "orders-api", isFork: false, isDisabled: false, isEmpty: false };

test("globs fit the whole name with a slash, and the repository's name without one", () => {
  const verdict = (include: readonly string[], exclude: readonly string[] = []) =>
    narrow({ ...nothingNarrowed, include, exclude })(repository);
  assert.equal(verdict([]), undefined);
  assert.equal(verdict(["orders-*"]), undefined);
  assert.equal(verdict(["web shop/*"]), undefined);
  assert.equal(verdict(["*/orders-ap?"]), undefined);
  assert.equal(verdict(["Shop*"]), "not-included");
  assert.equal(verdict(["*"], ["*-API"]), "excluded");
  assert.equal(verdict([`${"*a".repeat(200)}b`]), "not-included");
});

test("forks, disabled and empty repositories are left out on demand", () => {
  const strict = narrow({ ...nothingNarrowed, skipForks: true, skipDisabled: true, skipEmpty: true });
  assert.equal(strict({ ...repository, isFork: true }), "fork");
  assert.equal(strict({ ...repository, isDisabled: true }), "disabled");
  assert.equal(strict({ ...repository, isEmpty: true }), "empty");
  assert.equal(narrow(nothingNarrowed)({ ...repository, isFork: true }), undefined);
});
