import assert from "node:assert/strict";
import test from "node:test";
import { folderMatcher } from "./folder-pattern.ts";

test("patterns of workspaces", () => {
  const matches = folderMatcher(["./packages/*", "apps/**", "!apps/old", "{tools,libs}/x-*"]);
  const folders = ["packages/a", "packages/a/b", "apps", "apps/a/b", "apps/old", "tools/x-1", "libs/y", "other"];
  assert.deepEqual(folders.filter(matches), ["packages/a", "apps", "apps/a/b", "tools/x-1"]);
});
