/** Listens to what Sallyport asks the stand-in: calls of its API, not git's, in their order, with the status of the answer. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { House } from "./house.ts";

export interface Overheard {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** 0 while there is no answer, and if there was none. */
  status: number;
}

export interface Ear {
  /** Oldest first. */
  readonly calls: readonly Overheard[];
  stop(): void;
}

/** `onCall` runs before the stand-in sees the call: a fault that it sets strikes this very one. */
export function overhear(house: House, onCall: (call: Overheard) => void = () => undefined): Ear {
  const { host } = new URL(house.emulator.url);
  const calls: Overheard[] = [];
  const answers = new WeakMap<ServerResponse, Overheard>();
  const onStart = (message: unknown): void => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    if (request.headers.host !== host || request.headers["user-agent"] !== "Sallyport stories") return;
    const call = { method: request.method ?? "", path: request.url ?? "", status: 0 };
    calls.push(call);
    answers.set(response, call);
    onCall(call);
  };
  const onFinish = (message: unknown): void => {
    const { response } = message as { readonly response: ServerResponse };
    const call = answers.get(response);
    if (call) call.status = response.statusCode;
  };
  subscribe("http.server.request.start", onStart);
  subscribe("http.server.response.finish", onFinish);
  return {
    calls,
    stop() {
      unsubscribe("http.server.request.start", onStart);
      unsubscribe("http.server.response.finish", onFinish);
    },
  };
}
