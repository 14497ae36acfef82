/**
 * The reverse proxy in front of the server. While the server is down it mostly answers 502, which makes Azure DevOps deliver
 * again; now and then it cuts the connection, which puts a hook on probation, and its events are never delivered.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FrontDoor {
  readonly url: string;
  close(): Promise<void>;
}

export async function openFrontDoor(options: {
  readonly serverPort: number;
  /** Of failed deliveries, how many are cut: 0 to 1. */
  readonly cut: number;
}): Promise<FrontDoor> {
  const server = createServer((incoming, answer) => {
    readBody(incoming).then(
      (body) => pass(options, incoming, body, answer),
      () => answer.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pass(
  { serverPort, cut }: { readonly serverPort: number; readonly cut: number },
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
): void {
  const fail = () => {
    if (answer.headersSent || Math.random() < cut) answer.destroy();
    else answer.writeHead(502).end();
  };
  const to = { host: "127.0.0.1", port: serverPort, path: url, method, headers, agent: false };
  const outgoing = request(to, (response) => {
    response.on("error", fail);
    answer.writeHead(response.statusCode ?? 502);
    response.pipe(answer);
  });
  outgoing.on("error", fail);
  outgoing.end(body);
}
