import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addCommit, addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, rollUpOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { forkRepository, openPullRequest } from "./pull-request-calls.ts";

let house: House;
let upstream: RepositoryState;
let fork: RepositoryState;
const leak = (of: string) => `token: ${plantedSecrets(of).githubToken}\n`;

before(async () => {
  house = await openHouse();
  const files = { "known.yaml": leak("forks, known"), "app.yaml": "one\n" };
  upstream = await addRepository(house.emulator.world, house.organization, house.project, "service", { files });
  fork = await forkRepository(house, upstream, "service fork");
  // The fork itself is not scanned: its commits come only with the pull request.
  await connect(house, { is: "list", repositories: [idOf(upstream)] });
  await house.quiet();
});

after(() => house.close());

function commit(branch: string, files: Readonly<Record<string, string>>, repository = fork): Promise<string> {
  const change = { branch, message: branch, files, ...(branch === "main" ? {} : { from: "main" }) };
  return addCommit(house.emulator.world, house.organization, repository, house.developer, change);
}

function told(pullRequest: PullRequestState): readonly string[] {
  const own = pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties);
  return [
    ...rollUpOf(pullRequest).map(({ state, iterationId }) => `${String(iterationId)} ${String(state)}`),
    ...own.map(({ status }) => `thread ${status}`),
  ];
}

test("a pull request from a fork is scanned by the merge that Azure DevOps prepares, push by push", async () => {
  await commit("feature", { "leak.yaml": leak("forks, new"), "copy.yaml": leak("forks, known") });
  const forkSource = { repository: { id: fork.id } };
  const pullRequest = await openPullRequest(house, upstream, "feature", { forkSource });
  await house.quiet();
  assert.deepEqual(told(pullRequest), ["1 pending", "1 failed", "thread active"]);
  await commit("feature", { "leak.yaml": "fixed: true\n" });
  await house.quiet();
  assert.deepEqual(told(pullRequest), ["1 pending", "1 failed", "2 pending", "2 succeeded", "thread fixed"]);
  assert.deepEqual(await scansOf(house, fork), []);
  assert.deepEqual(
    (await scansOf(house, upstream)).map(({ target, outcome }) => `${target.is} ${outcome}`),
    ["pull-request complete", "pull-request complete", "branch complete"],
  );
});
