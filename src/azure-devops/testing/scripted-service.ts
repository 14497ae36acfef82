/** A service that answers what a test scripts, for behaviour of the protocol that no world of projects can show. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { pino } from "pino";
import { secretValue } from "#model/secret-value.ts";
import { addressesFrom } from "../addresses.ts";
import { openRemote, type RemoteOptions } from "../open-remote.ts";

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; anything else as JSON. */
  readonly body?: unknown;
}

export type Script = (request: IncomingMessage, count: number) => ScriptedAnswer | undefined | Promise<ScriptedAnswer>;

export async function scriptedService(t: TestContext, script: Script, options: Partial<RemoteOptions> = {}) {
  const requests: { method: string; url: string; headers: IncomingMessage["headers"] }[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const count = requests.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    request.resume();
    const said = await script(request, count);
    // Undefined = never answers.
    if (!said) return;
    const isText = typeof said.body === "string" || said.body instanceof Uint8Array;
    const type = isText ? {} : { "content-type": "application/json; charset=utf-8; api-version=7.1" };
    response.writeHead(said.status ?? 200, { ...type, ...said.headers });
    response.end(said.body === undefined || isText ? said.body : JSON.stringify(said.body));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  t.after(stop);
  // Time stands still but for what the client waits.
  const waits: number[] = [];
  let time = Date.parse("2026-03-01T12:00:00Z");
  const logged: unknown[] = [];
  const remote = openRemote({
    addresses: addressesFrom(url),
    log: pino({ level: "debug" }, { write: (line: string) => void logged.push(JSON.parse(line)) }),
    userAgent: "sallyport/test",
    now: () => new Date(time),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
    ...options,
  });
  const clientWith = (token: string) => remote.organization("contoso", { is: "pat", value: secretValue(token) });
  return {
    url,
    requests,
    waits,
    logged,
    remote,
    clientWith,
    client: clientWith("one"),
    stop,
    now: () => new Date(time),
  };
}
