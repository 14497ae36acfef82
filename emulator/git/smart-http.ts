/**
 * Git over HTTP at `/{org}/{project}/_git/{repo}` and `/{org}/_git/{repo}`: who may do what, then `git http-backend`.
 * As the real service: no protocol v2, no client without `multi_ack`, no filters but `blob:none` and `tree:0`.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { mayAct } from "../rights.ts";
import { standardHeaders } from "../server/answers.ts";
import { admits, challengeOf, signIn, unauthorized } from "../server/gate.ts";
import type { Target } from "../server/handle-request.ts";
import { type SpooledBody, spoolBody } from "../server/spool-body.ts";
import { findProject, findRepository, repositoryNotFound } from "../shapes.ts";
import type { OrganizationState, RepositoryState, User, World } from "../world.ts";
import { learnCapabilities, listOfRefs, type Service } from "./list-refs.ts";
import { capabilitiesOf, packetLine, readLines } from "./pkt-lines.ts";
import { receivePush } from "./receive-push.ts";
import { repositoryFolder } from "./repository-store.ts";
import { type GitAction, runBackend } from "./run-backend.ts";

const gitPath = /^\/[^/]+(?:\/([^/]+))?\/_git\/([^/]+)\/(info\/refs|git-upload-pack|git-receive-pack)$/;

export function isGitPath(path: string): boolean {
  return gitPath.test(path);
}

function refuse(world: World, request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  request.resume();
  response.writeHead(status, {
    ...standardHeaders(),
    "Content-Type": "text/plain; charset=utf-8",
    ...(status === 401 ? { "WWW-Authenticate": challengeOf(world) } : {}),
  });
  response.end(text);
}

type Found =
  | { readonly is: "found"; readonly repository: RepositoryState; readonly user: User }
  | { readonly is: "refused"; readonly status: number; readonly text: string };

/** Where the request leads to and whether the caller may go there. */
function find(
  world: World,
  organization: OrganizationState,
  path: string,
  pushing: boolean,
  request: IncomingMessage,
): Found {
  const [, projectName, repositoryName = ""] = gitPath.exec(path) ?? [];
  const refused = (status: number, text: string): Found => ({ is: "refused", status, text });
  const signed = signIn(world, request.headers.authorization, organization);
  if (signed.is !== "signed in" || !admits(signed.token, [pushing ? "code_write" : "code"]))
    return refused(401, unauthorized(world, organization).text ?? "");
  const { user } = signed;
  const call = { organization, user };
  const project = projectName === undefined ? undefined : findProject(call, decoded(projectName));
  const name = decoded(repositoryName);
  const missing = repositoryNotFound(name).message;
  if (projectName !== undefined && !project) return refused(404, missing);
  const repository = findRepository(call, name, project ?? defaultProject(organization, name));
  if (!repository) return refused(404, missing);
  if (repository.isDisabled)
    return refused(world.switches.disabledRepositoryStatus, `TF401023: The Git repository ${name} is disabled.`);
  if (pushing && !mayAct(organization, user.id, "contributors", repository.projectId))
    return refused(
      403,
      `TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity '${user.mail}', scope 'repository'.`,
    );
  return { is: "found", repository, user };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `/{org}/_git/{repo}` stands for the repository that is named as its project. */
function defaultProject(organization: OrganizationState, name: string) {
  return [...organization.projects.values()].find((project) => project.name.toLowerCase() === name.toLowerCase());
}

export async function handleGit(
  world: World,
  organization: OrganizationState,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const action = gitPath.exec(target.path)?.[3] as GitAction;
  const pushing = action === "git-receive-pack" || target.search.get("service") === "git-receive-pack";
  const found = find(world, organization, target.path, pushing, request);
  if (found.is === "refused") return refuse(world, request, response, found.status, found.text);
  const { repository, user } = found;
  if ((request.method === "GET") !== (action === "info/refs"))
    return refuse(world, request, response, 405, `${action} does not take ${request.method}.`);
  const query = target.search.toString();
  if (action === "info/refs") return tellRefs(world, repository, user, target.search, request, response);
  const body = await spoolBody(request, join(world.gitFolder, `body-${randomUUID()}`));
  if (!body) {
    response.destroy();
    return;
  }
  try {
    if (action === "git-receive-pack")
      await receivePush({ world, organization, repository, user }, query, body, request, response);
    else await upload(world, repository, user, query, body, request, response);
  } finally {
    await body.remove();
  }
}

/** Protocol v1 has a line more, and the old protocol no service: git answers both. */
async function tellRefs(
  world: World,
  repository: RepositoryState,
  user: User,
  search: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const service = services.find((one) => one === search.get("service"));
  const isPlain = service !== undefined && !request.headers["git-protocol"]?.includes("version=1");
  const list = isPlain ? await listOfRefs(repositoryFolder(world, repository.id), service) : undefined;
  if (list) {
    response.writeHead(200, {
      ...standardHeaders(),
      "Content-Type": `application/x-${service}-advertisement`,
      "Cache-Control": "no-cache, max-age=0, must-revalidate",
    });
    response.end(list);
    return;
  }
  const run = {
    repositoryId: repository.id,
    action: "info/refs",
    query: search.toString(),
    userName: user.mail,
  } as const;
  const learn = async (answer: Buffer) => {
    if (isPlain) learnCapabilities(service, answer);
    return answer;
  };
  await runBackend(world, { ...run, beforeAnswer: learn }, request, response);
}

const services: readonly Service[] = ["git-upload-pack", "git-receive-pack"];

/** The filter of a partial clone that the real service does not know, if the request asks for one. */
function unknownFilter(body: SpooledBody): string | undefined {
  const asked = readLines(body.head)?.lines.flatMap((line) => /^filter (\S+)/.exec(line.toString())?.[1] ?? []) ?? [];
  return asked.find((filter) => filter !== "blob:none" && filter !== "tree:0");
}

async function upload(
  world: World,
  repository: RepositoryState,
  user: User,
  query: string,
  body: SpooledBody,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const capabilities = capabilitiesOf(body.head);
  if (!capabilities.has("multi_ack") && !capabilities.has("multi_ack_detailed"))
    return refuse(world, request, response, 400, "The client does not support the multi_ack capability.");
  const action = "git-upload-pack";
  const filter = unknownFilter(body);
  if (filter !== undefined) {
    response.writeHead(200, { ...standardHeaders(), "Content-Type": `application/x-${action}-result` });
    response.end(packetLine(Buffer.from(`ERR filter '${filter}' not supported\n`)));
    return;
  }
  const run = { repositoryId: repository.id, action, query, userName: user.mail, body } as const;
  await runBackend(world, run, request, response);
}
