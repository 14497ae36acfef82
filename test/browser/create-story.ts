/** Tests that are the steps of one story: each stands on the one before, so after a failure the rest is not tried. */
import assert from "node:assert/strict";
import { test } from "node:test";

/** `look` says where the story stands; it is put before the message of a failure. */
export function createStory(look: () => Promise<string>): (name: string, act: () => Promise<void> | void) => void {
  let isBroken = false;
  return (name, act) => {
    void test(name, async () => {
      assert.ok(!isBroken, "a step before this one failed");
      isBroken = true;
      try {
        await act();
      } catch (error) {
        throw new Error(await look(), { cause: error });
      }
      isBroken = false;
    });
  };
}
