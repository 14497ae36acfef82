/** For tests: a repository with a branch to merge, and the ways to ask for its pull request. */
import { addCommit, addRepository } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import type { PullRequestState, RepositoryState } from "../world.ts";
import { mergesSettled } from "./running-attempts.ts";

type Options = NonNullable<Parameters<TryWorld["ask"]>[2]>;

export interface TryPullRequest extends TryWorld {
  readonly repository: RepositoryState;
  /** Address of the repository's API. */
  readonly at: string;
  commit(branch: string, files: Readonly<Record<string, string | null>>, message?: string): Promise<string>;
  /** Opens a pull request from the branch into main; answers its reply. */
  open(branch?: string, more?: Readonly<Record<string, unknown>>): ReturnType<TryWorld["ask"]>;
  /** Asks below pull request `id` and answers the parsed body. */
  pr(id: number, method: string, path?: string, body?: unknown, options?: Options): ReturnType<TryWorld["ask"]>;
  /** Lets merges and everything else that is due happen. */
  settle(): Promise<void>;
  state(id: number): PullRequestState;
}

export async function openTryPullRequest(): Promise<TryPullRequest> {
  const one = await openTryWorld();
  const { world } = one.emulator;
  const repository = await addRepository(world, one.organization, one.project, "app", {
    files: { "app.js": "one\ntwo\nthree\nfour\n", "README.md": "# app\n" },
    pushedBy: one.people.admin,
  });
  const at = `/fabrikam/${encodeURIComponent(one.project.name)}/_apis/git/repositories/app`;
  const commit: TryPullRequest["commit"] = (branch, files, message = "Change") =>
    addCommit(world, one.organization, repository, one.people.contributor, { branch, message, files, from: "main" });
  await commit("topic", { "new.js": "a\nb\nc\n" });
  return {
    ...one,
    async close() {
      one.emulator.clock.stop();
      await mergesSettled(world);
      await one.close();
    },
    repository,
    at,
    commit,
    open: (branch = "topic", more = {}) =>
      one.ask("POST", `${at}/pullRequests`, {
        token: one.tokens.contributor,
        body: {
          sourceRefName: `refs/heads/${branch}`,
          targetRefName: "refs/heads/main",
          title: "Topic",
          description: "About it.",
          ...more,
        },
      }),
    pr: (id, method, path = "", body, options = {}) =>
      one.ask(method, `${at}/pullRequests/${id}${path}`, {
        token: one.tokens.contributor,
        ...(body === undefined ? {} : { body }),
        ...options,
      }),
    async settle() {
      await one.emulator.clock.advance(1000);
      await mergesSettled(world);
      await one.emulator.settled();
    },
    state(id) {
      const found = one.organization.pullRequests.find((pullRequest) => pullRequest.id === id);
      if (!found) throw new Error(`no pull request ${id}`);
      return found;
    },
  };
}
