import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { pathGlob } from "./path-glob.ts";

const cases: readonly (readonly [glob: string, fits: readonly string[], fitsNot: readonly string[]])[] = [
  ["test/**", ["test/a", "test/a/b"], ["test", "test/.env", "a/test/b"]],
  ["**/*.{js,ts}", ["a.js", "x/y/a.ts"], ["a.jsx", "x/.a.js", ".x/a.js"]],
  ["**/a/**/b", ["a/b", "x/a/y/a/b"], ["a/c", "a/.y/b"]],
  ["src/?[!a-c]", ["src/xd"], ["src/xb", "src/x", "src/.d"]],
  ["a\\*b", ["a*b"], ["axb"]],
  [".env*", [".env", ".env.local"], ["a/.env"]],
];

for (const [glob, fits, fitsNot] of cases) {
  test(`${glob} fits what it says`, () => {
    for (const path of fits) assert.ok(pathGlob(glob)(path), path);
    for (const path of fitsNot) assert.ok(!pathGlob(glob)(path), path);
  });
}

test("names that begin with a dot are among the others if that is asked", () => {
  assert.ok(pathGlob("**/*", { hidden: true })("a/.git/.env"));
});

test("no pattern takes long", () => {
  takesAtMost(5, () => {
    const hostile = ["*a".repeat(400), "**/a/".repeat(180), "{a,b}".repeat(150), "{".repeat(900), "*".repeat(1000)];
    for (const glob of hostile) {
      for (const path of ["a".repeat(8000), "a/".repeat(4000)]) pathGlob(`${glob}b`)(path);
    }
  });
});
