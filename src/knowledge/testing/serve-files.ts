/** A web server of files for tests: etags, conditions, ranges, and whatever a test wants to go wrong. */
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** By path. */
  readonly files: Map<string, string | Buffer>;
  /** Path, status and range of every answer. */
  readonly answers: string[];
  /** Takes the place of the usual answer if it returns true. */
  spoil: (path: string, response: ServerResponse) => boolean;
}

export async function serveFiles(files: Readonly<Record<string, string | Buffer>> = {}): Promise<FileServer> {
  const there = new Map(Object.entries(files));
  const answers: string[] = [];
  const own: FileServer = {
    url: "",
    files: there,
    answers,
    spoil: () => false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer(({ url = "", headers }, response) => {
    const path = decodeURIComponent(url);
    if (own.spoil(path, response)) return;
    const bytes = Buffer.from(there.get(path) ?? "");
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    const from = /^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1];
    const isRest = from !== undefined && headers["if-range"] === etag;
    const status = !there.has(path) ? 404 : headers["if-none-match"] === etag ? 304 : isRest ? 206 : 200;
    answers.push(`${status} ${path}${isRest ? ` from ${from}` : ""}`);
    const body = status === 200 ? bytes : status === 206 ? bytes.subarray(Number(from)) : Buffer.alloc(0);
    if (status === 206) response.setHeader("Content-Range", `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
    response.writeHead(status, { ETag: etag, ...(status !== 304 && { "Content-Length": body.length }) }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(own, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
