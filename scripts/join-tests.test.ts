import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { joinTests } from "./join-tests.ts";

test("files share processes, browsers have their own, and what lasts is begun first", (t) => {
  const root = mkdtempSync(join(tmpdir(), "sallyport-join-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const files = ["src/store/a", "src/store/b", "test/browser/c", "test/browser/d", "test/stories/e", "test/stories/f"];
  const started = joinTests(
    root,
    files.map((file) => `${file}.test.ts`),
  );
  assert.deepEqual(started, started.toSorted());
  const imported = started.map((path) => readFileSync(path, "utf8").match(/[a-z]+\/[a-z]+\/[a-z](?=\.test\.ts"\))/g));
  assert.deepEqual(imported, [null, null, ["test/stories/e", "test/stories/f"], ["src/store/a", "src/store/b"]]);
  assert.match(readFileSync(started[0]!, "utf8"), /^import ".*\/test\/browser\/c\.test\.ts";$/m);
  assert.deepEqual(joinTests(root, ["src/store/a.test.ts"]), ["src/store/a.test.ts"]);
});
