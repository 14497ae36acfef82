/** Judge: Microsoft's own client does a full session against the emulator and finds an Azure DevOps. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import * as azdev from "azure-devops-node-api";
import { BuildResult, BuildStatus } from "azure-devops-node-api/interfaces/BuildInterfaces.js";
import type { JsonPatchDocument } from "azure-devops-node-api/interfaces/common/VSSInterfaces.js";
import { Operation } from "azure-devops-node-api/interfaces/common/VSSInterfaces.js";
import {
  CommentThreadStatus,
  CommentType,
  GitStatusState,
  ItemContentType,
  PullRequestAsyncStatus,
  PullRequestStatus,
  VersionControlChangeType,
} from "azure-devops-node-api/interfaces/GitInterfaces.js";
import { PolicyEvaluationStatus } from "azure-devops-node-api/interfaces/PolicyInterfaces.js";
import { type DemoSeed, seedDemo } from "../seeds/seed-demo.ts";
import { type Emulator, startEmulator } from "../start-emulator.ts";

const statusPolicy = "cbdc66da-9728-4af8-aada-9a5a32e4a226";
const zeroId = "0".repeat(40);

describe("azure-devops-node-api", () => {
  let folder: string;
  let emulator: Emulator;
  let seed: DemoSeed;
  let connection: azdev.WebApi;
  let pullRequestId = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "judge-"));
    emulator = await startEmulator({
      folder,
      seed: async (world) => {
        seed = await seedDemo(world);
      },
    });
    const handler = azdev.getPersonalAccessTokenHandler(seed.token.value);
    connection = new azdev.WebApi(`${emulator.url}/${seed.organization.name}`, handler);
  });

  after(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const project = "Storefront";
  const repositoryId = () => seed.repositories["checkout-service"]?.id ?? "";
  const branch = "refs/heads/judge/limits";

  it("connects and sees who it is", async () => {
    const data = await connection.connect();
    assert.equal(data.authenticatedUser?.id, seed.administrator.id);
    assert.equal(data.instanceId, seed.organization.id);
  });

  it("lists projects and repositories", async () => {
    const core = await connection.getCoreApi();
    const projects = await core.getProjects();
    assert.deepEqual(
      new Set(projects.map((one) => one.name)),
      new Set(["Cloud Platform", "Legacy Billing", "Storefront"]),
    );
    const git = await connection.getGitApi();
    assert.equal((await git.getRepositories()).length, 6);
    const names = (await git.getRepositories("Cloud Platform")).map((one) => one.name);
    assert.deepEqual(new Set(names), new Set(["azure-foundation", "cluster-config", "landing-zone"]));
  });

  it("pushes a commit on a new branch and reads it back", async () => {
    const git = await connection.getGitApi();
    const [main] = await git.getRefs(repositoryId(), project, "heads/main");
    assert.equal(main?.name, "refs/heads/main");
    const push = await git.createPush(
      {
        refUpdates: [{ name: branch, oldObjectId: main?.objectId ?? "" }],
        commits: [
          {
            comment: "Limit the size of requests",
            changes: [
              {
                changeType: VersionControlChangeType.Add,
                item: { path: "/src/limits.js" },
                newContent: { content: "export const limit = 1024;\n", contentType: ItemContentType.RawText },
              },
            ],
          },
        ],
      },
      repositoryId(),
      project,
    );
    const commit = push.commits?.[0]?.commitId ?? "";
    assert.match(commit, /^[0-9a-f]{40}$/);
    const [made] = await git.getRefs(repositoryId(), project, "heads/judge/limits");
    assert.equal(made?.objectId, commit);
    const item = await git.getItem(
      repositoryId(),
      "/src/limits.js",
      project,
      undefined,
      undefined,
      false,
      false,
      false,
      {
        version: "judge/limits",
        versionType: 0,
      },
    );
    assert.equal(item.path, "/src/limits.js");
  });

  it("opens a pull request and waits for its merge", async () => {
    const git = await connection.getGitApi();
    const created = await git.createPullRequest(
      { sourceRefName: branch, targetRefName: "refs/heads/main", title: "Limit requests", description: "By size." },
      repositoryId(),
      project,
    );
    pullRequestId = created.pullRequestId ?? 0;
    assert.equal(created.mergeStatus, PullRequestAsyncStatus.Queued);
    assert.equal(created.lastMergeCommit, undefined);
    await emulator.clock.advance(1000);
    const merged = await git.getPullRequestById(pullRequestId, project);
    assert.equal(merged.mergeStatus, PullRequestAsyncStatus.Succeeded);
    const iterations = await git.getPullRequestIterations(repositoryId(), pullRequestId, project);
    assert.deepEqual(
      iterations.map((one) => one.id),
      [1],
    );
    const changes = await git.getPullRequestIterationChanges(repositoryId(), pullRequestId, 1, project);
    assert.equal(changes.changeEntries?.[0]?.item?.path, "/src/limits.js");
  });

  it("writes threads, answers them and resolves them", async () => {
    const git = await connection.getGitApi();
    const thread = await git.createThread(
      {
        comments: [{ content: "Is 1024 enough?", commentType: CommentType.Text, parentCommentId: 0 }],
        status: CommentThreadStatus.Active,
        threadContext: {
          filePath: "/src/limits.js",
          rightFileStart: { line: 1, offset: 1 },
          rightFileEnd: { line: 1, offset: 7 },
        },
        properties: { "judge.key": "limits" },
      },
      repositoryId(),
      pullRequestId,
      project,
    );
    const threadId = thread.id ?? 0;
    const reply = await git.createComment(
      { content: "It is.", parentCommentId: 1 },
      repositoryId(),
      pullRequestId,
      threadId,
      project,
    );
    assert.equal(reply.id, 2);
    await git.updateThread({ status: CommentThreadStatus.Fixed }, repositoryId(), pullRequestId, threadId, project);
    await git.deleteComment(repositoryId(), pullRequestId, threadId, 2, project);
    const found = (await git.getThreads(repositoryId(), pullRequestId, project)).find((one) => one.id === threadId);
    assert.equal(found?.status, CommentThreadStatus.Fixed);
    assert.equal(found?.properties?.["judge.key"]?.$value, "limits");
    assert.equal(found?.comments?.[1]?.isDeleted, true);
    assert.equal(found?.comments?.[1]?.content, undefined);
  });

  it("is held back by the status policy until the status succeeds", async () => {
    const policies = await connection.getPolicyApi();
    const created = await policies.createPolicyConfiguration(
      {
        type: { id: statusPolicy },
        isBlocking: true,
        isEnabled: true,
        settings: {
          statusName: "scan",
          statusGenre: "judge",
          scope: [{ repositoryId: repositoryId(), refName: "refs/heads/main", matchKind: "exact" }],
        },
      },
      project,
    );
    assert.equal(created.settings.scope[0].matchKind, "Exact");
    const projectId = seed.projects[0]?.id ?? "";
    const artifact = `vstfs:///CodeReview/CodeReviewId/${projectId}/${pullRequestId}`;
    const verdict = async () => (await policies.getPolicyEvaluations(project, artifact))[0]?.status;
    assert.equal(await verdict(), PolicyEvaluationStatus.Queued);
    const git = await connection.getGitApi();
    const complete = async () => {
      const now = await git.getPullRequestById(pullRequestId, project);
      const lastMergeSourceCommit = now.lastMergeSourceCommit ?? {};
      await git.updatePullRequest(
        { status: PullRequestStatus.Completed, lastMergeSourceCommit, completionOptions: { deleteSourceBranch: true } },
        repositoryId(),
        pullRequestId,
        project,
      );
      await emulator.clock.advance(1000);
      return git.getPullRequestById(pullRequestId, project);
    };
    const refused = await complete();
    assert.equal(refused.status, PullRequestStatus.Active);
    assert.equal(refused.mergeStatus, PullRequestAsyncStatus.RejectedByPolicy);
    const status = {
      state: GitStatusState.Succeeded,
      description: "clean",
      context: { genre: "judge", name: "scan" },
      iterationId: 1,
    };
    const posted = await git.createPullRequestStatus(status, repositoryId(), pullRequestId, project);
    assert.equal(posted.state, GitStatusState.Succeeded);
    assert.equal(await verdict(), PolicyEvaluationStatus.Approved);
    const completed = await complete();
    assert.equal(completed.status, PullRequestStatus.Completed);
    const [gone] = await git.getRefs(repositoryId(), project, "heads/judge/limits");
    assert.equal(gone, undefined);
    await policies.deletePolicyConfiguration(project, created.id ?? 0);
  });

  it("moves refs and sees which updates failed", async () => {
    const git = await connection.getGitApi();
    const [main] = await git.getRefs(repositoryId(), project, "heads/main");
    const results = await git.updateRefs(
      [
        { name: "refs/heads/judge/copy", oldObjectId: zeroId, newObjectId: main?.objectId ?? "" },
        { name: "refs/heads/main", oldObjectId: zeroId, newObjectId: main?.objectId ?? "" },
      ],
      repositoryId(),
      project,
    );
    assert.deepEqual(
      results.map((one) => one.success),
      [true, false],
    );
  });

  it("queues a build and completes it", async () => {
    const builds = await connection.getBuildApi();
    const definitions = await builds.getDefinitions(project);
    const definition = definitions.find((one) => one.name === "checkout-service");
    const queued = await builds.queueBuild({ definition: { id: definition?.id ?? 0 } }, project);
    assert.equal(queued.status, BuildStatus.NotStarted);
    const done = await builds.updateBuild(
      { status: BuildStatus.Completed, result: BuildResult.Failed },
      project,
      queued.id ?? 0,
    );
    assert.equal(done.result, BuildResult.Failed);
    const failed = await builds.getBuilds(
      project,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      BuildResult.Failed,
    );
    assert.ok(failed.some((one) => one.id === queued.id));
    const pipelines = await connection.getPipelinesApi();
    assert.equal((await pipelines.listPipelines(project)).length, definitions.length);
  });

  it("creates, queries and comments work items", async () => {
    const tracking = await connection.getWorkItemTrackingApi();
    const patch: JsonPatchDocument = [{ op: Operation.Add, path: "/fields/System.Title", value: "Look into limits" }];
    const item = await tracking.createWorkItem(undefined, patch, project, "Bug");
    assert.equal(item.fields?.["System.State"], "New");
    const change: JsonPatchDocument = [{ op: Operation.Add, path: "/fields/System.State", value: "Active" }];
    const active = await tracking.updateWorkItem(undefined, change, item.id ?? 0);
    assert.equal(active.rev, 2);
    const query =
      "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.State] = 'Active' AND [System.WorkItemType] = 'Bug'";
    const found = await tracking.queryByWiql({ query }, { project });
    assert.deepEqual(
      found.workItems?.map((one) => one.id),
      [item.id],
    );
    const batch = await tracking.getWorkItemsBatch({ ids: [item.id ?? 0], fields: ["System.Title"] });
    assert.equal(batch[0]?.fields?.["System.Title"], "Look into limits");
    const comment = await tracking.addComment({ text: "Seen." }, project, item.id ?? 0);
    assert.equal(comment.text, "Seen.");
  });
});
