/** One run of `git http-backend`, which speaks protocol v0/v1 with git clients: a request in, an answer out. */
import { execFileSync, spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { standardHeaders } from "../server/answers.ts";
import type { World } from "../world.ts";
import { gitEnvironment } from "./repository-store.ts";

export type GitAction = "info/refs" | "git-upload-pack" | "git-receive-pack";

export interface BackendRun {
  readonly repositoryId: string;
  readonly action: GitAction;
  readonly query: string;
  readonly userName: string;
  readonly body?: { readonly size: number; stream(): Readable };
  readonly config?: readonly (readonly [string, string])[];
  /** Sees the whole answer before the client does, and may put another in its place. */
  readonly beforeAnswer?: (answer: Buffer) => Promise<Buffer>;
}

/** Protocol v2 is not spoken by the real service: a client that asks for it gets v0. */
function protocolOf(request: IncomingMessage): Record<string, string> {
  const asked = request.headers["git-protocol"]?.toString();
  return asked?.includes("version=1") ? { GIT_PROTOCOL: "version=1" } : {};
}

function configOf(config: readonly (readonly [string, string])[]): Record<string, string> {
  const pairs = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(config.length), ...Object.fromEntries(pairs) };
}

/** Folder of git's own programs: started by its path, the backend costs one process less than through `git`. */
let programs: string | undefined;

export async function runBackend(
  world: World,
  run: BackendRun,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  programs ??= execFileSync("git", ["--exec-path"]).toString().trim();
  const child = spawn(join(programs, "git-http-backend"), {
    env: gitEnvironment({
      ...protocolOf(request),
      ...configOf(run.config ?? []),
      GIT_PROJECT_ROOT: world.gitFolder,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `/${run.repositoryId}.git/${run.action}`,
      QUERY_STRING: run.query,
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      ...(run.body ? { CONTENT_LENGTH: String(run.body.size) } : {}),
      REMOTE_USER: run.userName,
      REMOTE_ADDR: "127.0.0.1",
    }),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", () => resolve());
  });
  response.on("close", () => {
    // a push that is under way is carried through: half of it would be nobody's
    if (!response.writableFinished && !run.beforeAnswer) child.kill();
  });
  if (!run.body) child.stdin.end();
  const feeding = run.body
    ? pipeline(run.body.stream(), child.stdin).catch(() => {
        // the backend may end without reading everything; its exit decides
        child.stdin.destroy();
      })
    : Promise.resolve();
  await relay(child.stdout, response, run.beforeAnswer);
  await Promise.all([feeding, ended]);
  if (!response.headersSent) response.writeHead(500, standardHeaders());
  response.end();
}

/** Passes on what the backend prints: CGI headers, then the body; all of it at the end where somebody waits for the whole. */
async function relay(
  output: AsyncIterable<Buffer>,
  response: ServerResponse,
  beforeAnswer: ((answer: Buffer) => Promise<Buffer>) | undefined,
): Promise<void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  const kept: Buffer[] = [];
  const send = async (chunk: Buffer) => {
    if (beforeAnswer) kept.push(chunk);
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
  if (beforeAnswer) response.write(await beforeAnswer(Buffer.concat(kept)));
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
