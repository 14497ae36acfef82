/**
 * Git over HTTP at `/{org}/{project}/_git/{repo}` and `/{org}/_git/{repo}`, through `git http-backend`: protocol v0/v1
 * only, as the real service. A push is recorded by comparing refs before and after.
 */
import { execFileSync, spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { mayAct } from "../rights.ts";
import { standardHeaders } from "../server/answers.ts";
import { admits, signIn, unauthorized } from "../server/gate.ts";
import type { Target } from "../server/handle-request.ts";
import { findProject, findRepository, repositoryNotFound, zeroId } from "../shapes.ts";
import type { OrganizationState, RepositoryState, User, World } from "../world.ts";
import { gitEnvironment, inRepository, type RefUpdate, readRefs, recordPush } from "./repository-store.ts";

const gitPath = /^\/[^/]+(?:\/([^/]+))?\/_git\/([^/]+)\/(info\/refs|git-upload-pack|git-receive-pack)$/;

export function isGitPath(path: string): boolean {
  return gitPath.test(path);
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  request.resume();
  response.writeHead(status, {
    ...standardHeaders(),
    "Content-Type": "text/plain; charset=utf-8",
    ...(status === 401 ? { "WWW-Authenticate": 'Basic realm="https://tfsprodsin1.app.visualstudio.com/"' } : {}),
  });
  response.end(text);
}

export async function handleGit(
  world: World,
  organization: OrganizationState,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, projectName, repositoryName = "", action = ""] = gitPath.exec(target.path) ?? [];
  const pushing = action === "git-receive-pack" || target.search.get("service") === "git-receive-pack";
  const signed = signIn(world, request.headers.authorization, organization);
  if (signed.is !== "signed in" || !admits(signed.token, [pushing ? "code_write" : "code"])) {
    const answer = unauthorized(world, organization);
    return refuse(request, response, 401, answer.text ?? "");
  }
  const call = { organization, user: signed.user };
  const project = projectName === undefined ? undefined : findProject(call, decodeURIComponent(projectName));
  const name = decodeURIComponent(repositoryName);
  const missing = repositoryNotFound(name).message;
  if (projectName !== undefined && !project) return refuse(request, response, 404, missing);
  const repository = findRepository(call, name, project ?? defaultProject(organization, name));
  if (!repository) return refuse(request, response, 404, missing);
  if (repository.isDisabled)
    return refuse(
      request,
      response,
      world.switches.disabledRepositoryStatus,
      `TF401023: The Git repository ${name} is disabled.`,
    );
  if (pushing && !mayAct(organization, signed.user.id, "contributors", repository.projectId))
    return refuse(
      request,
      response,
      403,
      `TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity '${signed.user.mail}', scope 'repository'.`,
    );
  if (action !== "git-receive-pack")
    return runBackend(world, repository, signed.user, action, target, request, response);
  await receivePush(world, organization, repository, signed.user, target, request, response);
}

/** `/{org}/_git/{repo}` stands for the repository that is named as its project. */
function defaultProject(organization: OrganizationState, name: string) {
  return [...organization.projects.values()].find((project) => project.name.toLowerCase() === name.toLowerCase());
}

/**
 * The client is answered only once the push is recorded, so that whoever sees `git push` end finds iterations and hooks.
 */
async function receivePush(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await inRepository(world, repository.id, async () => {
    const before = await readRefs(world, repository.id);
    let received = 0;
    request.on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
    await runBackend(world, repository, user, "git-receive-pack", target, request, response, async () => {
      const moved = differences(before, await readRefs(world, repository.id));
      if (moved.length === 0) return;
      repository.size += received;
      await recordPush(world, organization, repository, user, moved);
    });
  });
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): RefUpdate[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].sort().flatMap((name) => {
    const oldObjectId = before.get(name) ?? zeroId;
    const newObjectId = after.get(name) ?? zeroId;
    return oldObjectId === newObjectId ? [] : [{ name, oldObjectId, newObjectId }];
  });
}

/** Protocol v2 is not spoken by the real service: a client that asks for it gets v0. */
function protocolOf(request: IncomingMessage): Record<string, string> {
  const asked = request.headers["git-protocol"]?.toString();
  return asked?.includes("version=1") ? { GIT_PROTOCOL: "version=1" } : {};
}

function locksOf(_world: World, repository: RepositoryState, user: User): Record<string, string> {
  const foreign = [...repository.lockedRefs].filter(([, locker]) => locker !== user.id);
  const hidden = foreign.map(([name], index) => [
    [`GIT_CONFIG_KEY_${index}`, "receive.hideRefs"],
    [`GIT_CONFIG_VALUE_${index}`, name],
  ]);
  return { GIT_CONFIG_COUNT: String(foreign.length), ...Object.fromEntries(hidden.flat()) };
}

/** Folder of git's own programs: started by its path, the backend costs one process less than through `git`. */
let backend: string | undefined;

async function runBackend(
  world: World,
  repository: RepositoryState,
  user: User,
  action: string,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
  beforeEnd?: () => Promise<void>,
): Promise<void> {
  backend ??= execFileSync("git", ["--exec-path"]).toString().trim();
  const child = spawn(join(backend, "git-http-backend"), {
    env: gitEnvironment({
      ...protocolOf(request),
      ...locksOf(world, repository, user),
      GIT_PROJECT_ROOT: world.gitFolder,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `/${repository.id}.git/${action}`,
      QUERY_STRING: target.search.toString(),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      REMOTE_USER: user.mail,
      REMOTE_ADDR: "127.0.0.1",
    }),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", () => resolve());
  });
  response.on("close", () => {
    if (!response.writableFinished) child.kill();
  });
  const zipped = request.headers["content-encoding"] === "gzip";
  const feeding = (zipped ? pipeline(request, createGunzip(), child.stdin) : pipeline(request, child.stdin)).catch(
    () => {
      // the client or the backend went away; the exit of the backend decides
      child.stdin.destroy();
    },
  );
  await relay(child.stdout, response, beforeEnd);
  await Promise.all([feeding, ended]);
  if (!response.headersSent) response.writeHead(500, standardHeaders());
  response.end();
}

/** Passes on what the backend prints: CGI headers, then the body. The last bytes wait for `beforeEnd`. */
async function relay(
  output: AsyncIterable<Buffer>,
  response: ServerResponse,
  beforeEnd: (() => Promise<void>) | undefined,
): Promise<void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  const kept: Buffer[] = [];
  const send = async (chunk: Buffer) => {
    if (beforeEnd) kept.push(chunk);
    else if (!response.destroyed && !response.write(chunk)) await drained(response);
  };
  for await (const chunk of output) {
    if (head === undefined) {
      await send(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) continue;
    writeHead(response, head.subarray(0, end).toString());
    const rest = head.subarray(end + 4);
    head = undefined;
    if (rest.length > 0) await send(rest);
  }
  await beforeEnd?.();
  for (const chunk of kept) response.write(chunk);
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  const headers: Record<string, string> = { ...standardHeaders() };
  for (const line of head.split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else headers[name] = value;
  }
  if (!response.headersSent && !response.destroyed) response.writeHead(status, headers);
}
