/** Judge: the git binary clones, pushes and fetches; a push of a pull request's branch becomes its next iteration. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { openTryPullRequest, type TryPullRequest } from "../pull-requests/try-pull-request.ts";
import { runGitClient } from "../try-world.ts";

describe("git", () => {
  let one: TryPullRequest;
  beforeEach(async () => {
    one = await openTryPullRequest();
  });
  afterEach(() => one.close());

  it("clones, pushes, and fetches only what is new", async () => {
    await one.open();
    await one.settle();
    const folder = join(one.folder, "clone");
    const run = async (...args: string[]) => {
      const { code, output } = await runGitClient(one.tokens.contributor, args);
      assert.equal(code, 0, output);
      return output;
    };
    await run("clone", "--quiet", `${one.emulator.url}/fabrikam/My%20Project/_git/app`, folder);
    await run("-C", folder, "checkout", "--quiet", "topic");
    await writeFile(join(folder, "pushed.js"), "pushed\n");
    await run("-C", folder, "add", "pushed.js");
    await run("-C", folder, "commit", "--quiet", "-m", "Pushed by git");
    await run("-C", folder, "push", "--quiet", "origin", "topic");
    const iterations = (await one.pr(1, "GET", "/iterations")).json;
    assert.deepEqual(
      iterations.value.map((iteration: { reason: string }) => iteration.reason),
      ["create", "push"],
    );
    await one.settle();
    assert.equal((await one.pr(1, "GET")).json.mergeStatus, "succeeded");
    const tip = await one.commit("main", { "README.md": "# fetched\n" });
    await run("-C", folder, "fetch", "--quiet", "origin");
    assert.equal((await run("-C", folder, "rev-parse", "origin/main")).trim(), tip);
    const merge = await run("-C", folder, "ls-remote", "origin", "refs/pull/1/merge");
    assert.match(merge, /^[0-9a-f]{40}\trefs\/pull\/1\/merge/);
  });
});
