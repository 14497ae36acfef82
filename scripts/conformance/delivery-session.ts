/** A session that raises every event of the emulator, and the deliveries that a local receiver got of it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { findGroup, groupsOf } from "../../emulator/identity/groups.ts";
import type { DemoSeed } from "../../emulator/seeds/seed-demo.ts";
import type { Emulator } from "../../emulator/start-emulator.ts";
import { field, zeroId } from "./session-words.ts";

type Json = Record<string, unknown>;
type Ask = (method: string, path: string, body?: unknown) => Promise<Json>;

const subscribed: readonly (readonly [eventType: string, resourceVersion: string])[] = [
  ["git.push", "1.0"],
  ["git.pullrequest.created", "1.0"],
  ["git.pullrequest.updated", "1.0"],
  ["git.pullrequest.merged", "1.0"],
  ["ms.vss-code.git-pullrequest-comment-event", "2.0"],
  ["build.complete", "1.0"],
  ["build.complete", "2.0"],
  ["git.repo.created", "1.0-preview.1"],
  ["git.repo.renamed", "1.0-preview.1"],
  ["git.repo.statuschanged", "1.0-preview.1"],
  ["git.repo.deleted", "1.0-preview.1"],
];

async function openReceiver() {
  const received: Json[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString()) as Json);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

function asker(emulator: Emulator, organization: string, token: string): Ask {
  return async (method, path, body) => {
    const response = await fetch(`${emulator.url}/${organization}/${path}`, {
      method,
      headers: {
        accept: "application/json;api-version=7.1",
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Json;
  };
}

/** Answers all deliveries of the session. */
export async function collectDeliveries(emulator: Emulator, seed: DemoSeed, token: string): Promise<readonly Json[]> {
  const receiver = await openReceiver();
  // the one sample of a created pull request tells of it after its merge was tried
  emulator.world.switches.createdWaitsForMerge = true;
  const ask = asker(emulator, seed.organization.name, token);
  const projectId = seed.projects[0]?.id ?? "";
  for (const [eventType, resourceVersion] of subscribed)
    await ask("POST", "_apis/hooks/subscriptions", {
      publisherId: "tfs",
      eventType,
      resourceVersion,
      consumerId: "webHooks",
      consumerActionId: "httpRequest",
      publisherInputs: { projectId },
      consumerInputs: { url: receiver.url },
    });
  const repository = seed.repositories["checkout-service"]?.id ?? "";
  await raisePullRequests(ask, emulator, seed, `_apis/git/repositories/${repository}`);
  await raiseBuild(ask, projectId);
  await raiseRepositories(ask, projectId, repository);
  await emulator.settled();
  receiver.close();
  return receiver.received;
}

async function raisePullRequests(ask: Ask, emulator: Emulator, seed: DemoSeed, at: string): Promise<void> {
  const main = field(await ask("GET", `${at}/refs?filter=heads/main`), "value", 0, "objectId");
  const push = (branch: string, oldObjectId: string, path: string) =>
    ask("POST", `${at}/pushes`, {
      refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId }],
      commits: [{ comment: path, changes: [{ changeType: "add", item: { path }, newContent: { content: path } }] }],
    });
  const first = await push("delivered", main, "/delivered-1.md");
  await push("delivered", field(first, "refUpdates", 0, "newObjectId"), "/delivered-2.md");
  const group = groupsOf(seed.organization).find((one) => one.grants === "contributors");
  const made = await ask("POST", `${at}/pullRequests`, {
    sourceRefName: "refs/heads/delivered",
    targetRefName: "refs/heads/main",
    title: "Delivered",
    description: "All of it.",
    reviewers: [
      { id: seed.people.ines?.id, isRequired: true },
      { id: findGroup(seed.organization, group?.id ?? "")?.id },
    ],
  });
  const one = `${at}/pullRequests/${field(made, "pullRequestId")}`;
  await emulator.clock.advance(1000);
  await ask("POST", `${one}/threads`, { comments: [{ content: "Seen.", commentType: 1 }], status: 1 });
  await ask("PATCH", one, {
    autoCompleteSetBy: { id: seed.administrator.id },
    completionOptions: { mergeStrategy: "squash", deleteSourceBranch: true },
  });
  await emulator.clock.advance(1000);
  const { value } = (await ask("GET", `${one}/threads`)) as { value: Json[] };
  const thread = field(value[0], "id");
  await ask("POST", `${one}/threads/${thread}/comments`, { content: "Seen again.", parentCommentId: 1 });
  const oldObjectId = field(await ask("GET", `${at}/refs?filter=heads/main`), "value", 0, "objectId");
  await ask("POST", `${at}/refs`, [{ name: "refs/tags/delivered", oldObjectId: zeroId, newObjectId: oldObjectId }]);
}

async function raiseBuild(ask: Ask, projectId: string): Promise<void> {
  const definitions = await ask("GET", `${projectId}/_apis/build/definitions`);
  const id = Number(field(definitions, "value", 0, "id"));
  const build = await ask("POST", `${projectId}/_apis/build/builds`, { definition: { id } });
  const result = { status: "completed", result: "succeeded" };
  await ask("PATCH", `${projectId}/_apis/build/builds/${field(build, "id")}`, result);
}

async function raiseRepositories(ask: Ask, projectId: string, parentId: string): Promise<void> {
  const body = { name: "delivered", project: { id: projectId }, parentRepository: { id: parentId } };
  const made = await ask("POST", `${projectId}/_apis/git/repositories`, body);
  const at = `_apis/git/repositories/${field(made, "id")}`;
  await ask("PATCH", at, { name: "delivered-anew" });
  await ask("PATCH", at, { isDisabled: true });
  await ask("DELETE", at);
}
