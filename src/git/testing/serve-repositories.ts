/** Serves bare repositories over smart HTTP for the tests of this room, and can refuse, redirect or stall like the real thing. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface RepositoryServer {
  readonly url: string;
  /** Every request: method, path, authorization header. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  /** Answers instead of git until set back to undefined. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  /** From now on packs stop flowing after so many bytes; resolves when the first one does. */
  stallAfter(bytes: number): Promise<void>;
  /** Packs flow again; those that stalled are cut off. */
  flow(): void;
  stop(): Promise<void>;
}

interface Stall {
  readonly bytes: number;
  readonly reached: () => void;
  readonly stalled: ServerResponse[];
}

export async function serveRepositories(folder: string, authorization?: string): Promise<RepositoryServer> {
  const requests: { path: string; authorization: string | undefined }[] = [];
  let stall: Stall | undefined;
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? "", authorization: request.headers.authorization });
    if (served.answer) served.answer(request, response);
    else if (authorization !== undefined && request.headers.authorization !== authorization) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="test"' }).end();
    } else backend(folder, request, response, request.method === "POST" ? stall : undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const served: RepositoryServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: undefined,
    stallAfter(bytes) {
      return new Promise((reached) => {
        stall = { bytes, reached, stalled: [] };
      });
    },
    flow() {
      for (const response of stall?.stalled ?? []) response.destroy();
      stall = undefined;
    },
    async stop() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return served;
}

// oxlint-disable-next-line max-lines-per-function -- one request from its head to its end
function backend(folder: string, request: IncomingMessage, response: ServerResponse, stall: Stall | undefined): void {
  const url = new URL(request.url ?? "/", "http://localhost");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => undefined);
  let head = Buffer.alloc(0);
  let started = false;
  let sent = 0;
  const send = (chunk: Buffer) => {
    if (!stall || sent + chunk.length <= stall.bytes) response.write(chunk);
    else if (sent <= stall.bytes) {
      response.write(chunk.subarray(0, stall.bytes - sent));
      stall.stalled.push(response);
      stall.reached();
    }
    sent += chunk.length;
  };
  child.stdout.on("data", (chunk: Buffer) => {
    if (started) return send(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    started = true;
    let status = 200;
    for (const line of head.toString("latin1", 0, end).split("\r\n")) {
      const [name = "", value = ""] = line.split(/:\s*/, 2);
      if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status);
    send(head.subarray(end + 4));
  });
  child.once("close", () => {
    if (!stall?.stalled.includes(response)) response.end();
  });
  response.once("close", () => child.kill());
}
