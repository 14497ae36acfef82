import assert from "node:assert/strict";
import { test } from "node:test";
import { runChaos } from "./chaos.ts";

test("a server that is killed at any moment loses nothing and does nothing twice", { timeout: 400_000 }, async () => {
  const { events, lost, doubled } = await runChaos({ rounds: 4, pushes: 48, repositories: 6 });
  assert.deepEqual({ lost, doubled }, { lost: [], doubled: [] });
  assert(events > 0);
});
