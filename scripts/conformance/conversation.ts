/** Calls the emulator as a client would and keeps every answer with the operation that it belongs to. */
import type { Operation } from "./read-operations.ts";

export interface Exchange {
  readonly operation: Operation;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
}

export interface Request {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  /** Values of `{name}` segments that differ from the known ones. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface Conversation {
  readonly exchanges: readonly Exchange[];
  /** Operations that the emulator answered as an unknown route, or for which there is no data. */
  readonly unserved: Set<Operation>;
  /** Values for `{name}` segments. */
  readonly known: Record<string, string>;
  /** Answers the body; `METHOD path` as the description spells it. */
  call(name: string, request?: Request): Promise<unknown>;
  callOperation(operation: Operation, request?: Request): Promise<unknown>;
}

function isArray({ schema }: Operation): boolean {
  return (schema as { type?: string } | undefined)?.type === "array";
}

function isText({ schema }: Operation): boolean {
  return (schema as { type?: string } | undefined)?.type === "string";
}

/** Sends one call; the organization's hosts are told apart by a prefix. */
async function send(
  baseUrl: string,
  token: string,
  operation: Operation,
  values: Readonly<Record<string, string>>,
  request: Request,
): Promise<{ readonly url: string; readonly response: Response; readonly text: string }> {
  const authorization = `Basic ${Buffer.from(`:${token}`).toString("base64")}`;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const prefix = operation.host === "dev.azure.com" ? "" : `/_hosts/${operation.host}`;
  const query = new URLSearchParams(request.query).toString();
  const url = `${baseUrl}${prefix}${path}${query ? `?${query}` : ""}`;
  const response = await fetch(url, {
    method: operation.method,
    redirect: "manual",
    headers: {
      accept: `${isText(operation) ? "text/plain" : "application/json"};api-version=${operation.version}`,
      authorization,
      "x-tfs-fedauthredirect": "Suppress",
      ...(request.body === undefined ? {} : { "content-type": request.contentType ?? "application/json" }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  return { url, response, text };
}

export function startConversation(baseUrl: string, token: string, operations: readonly Operation[]): Conversation {
  const exchanges: Exchange[] = [];
  const unserved = new Set<Operation>();
  const known: Record<string, string> = {};

  /** Some addresses answer a list or a single thing, described as two operations. */
  function variant(operation: Operation, body: unknown): Operation {
    const isList = typeof body === "object" && body !== null && "count" in body && "value" in body;
    if (isArray(operation) === isList) return operation;
    const same = operations.filter((one) => one.method === operation.method && one.path === operation.path);
    return same.find((one) => isArray(one) === isList) ?? operation;
  }

  async function callOperation(operation: Operation, request: Request = {}): Promise<unknown> {
    const values = { ...known, ...request.values };
    if (operation.parameters.some((name) => values[name] === undefined)) {
      unserved.add(operation);
      return undefined;
    }
    const { url, response, text } = await send(baseUrl, token, operation, values, request);
    const isUnknown = response.status === 404 && text.startsWith("The controller for path");
    if (isUnknown || response.status === 405) {
      unserved.add(operation);
      return undefined;
    }
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    const body: unknown = isJson && text !== "" ? JSON.parse(text) : text;
    exchanges.push({ operation: variant(operation, body), url, status: response.status, body });
    return body;
  }

  return {
    exchanges,
    unserved,
    known,
    callOperation,
    call(name, request) {
      const operation = operations.find((one) => `${one.method} ${one.path}`.toLowerCase() === name.toLowerCase());
      if (!operation) throw new Error(`no description of ${name}`);
      return callOperation(operation, request);
    },
  };
}
