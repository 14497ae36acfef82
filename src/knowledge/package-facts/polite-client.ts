/**
 * Asks hosts without being a burden: few requests at once and in a second, answers only if they have changed, waits as long
 * as a host says, and leaves a host alone that cannot be reached or refuses. Each such host is one problem, however many
 * packages it was to be asked about. Credentials go to the origin that they are for, not where it redirects to.
 */
import { setTimeout as after } from "node:timers/promises";
import { type Fetch, sendGet } from "../update/send-get.ts";
import type { Validators } from "./source-part.ts";

export interface ClientOptions {
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  /** For tests: waits without waiting. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export interface Question {
  readonly address: string;
  readonly accept?: string;
  /** The value of the header Authorization. */
  readonly authorization?: string;
  readonly known?: Validators;
  /** For archives: each character of the text is a byte. */
  readonly encoding?: "latin1";
}

export type Answer =
  | { readonly is: "fetched"; readonly text: string; readonly validators: Validators }
  | { readonly is: "unchanged" }
  /** The host knows nothing of it. */
  | { readonly is: "missing" }
  /** Not to be had now; why, is among the problems. */
  | { readonly is: "unavailable" };

/** What came back, before it is judged. */
export interface Reply {
  readonly status: number;
  header(name: string): string | null;
  /** Throws `TooLarge`. */
  text(): Promise<string>;
}

export interface PoliteClient {
  ask(question: Question): Promise<Answer>;
  /** For libraries that send by themselves. */
  turn(host: string, send: () => Promise<Reply>): Promise<Answer>;
  readonly signal?: AbortSignal;
  /** By host, in words. */
  readonly problems: ReadonlyMap<string, string>;
}

export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

export const limits = {
  atOnce: 4,
  /** Between the beginnings of two requests to a host. */
  paceMilliseconds: 50,
  bytes: 64 * 1024 * 1024,
  /** A host that asks for more is asked another time. */
  longestWaitMilliseconds: 30_000,
  tries: 3,
  failures: 3,
};

interface Host {
  readonly name: string;
  active: number;
  readonly waiting: (() => void)[];
  nextAt: number;
  failures: number;
  isLeft: boolean;
}

interface Talk {
  readonly host: Host;
  readonly problems: Map<string, string>;
  readonly signal: AbortSignal | undefined;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export function politeClient({ fetch, signal, wait = pause }: ClientOptions): PoliteClient {
  const hosts = new Map<string, Host>();
  const problems = new Map<string, string>();
  const turn: PoliteClient["turn"] = async (name, send) => {
    const host = hosts.get(name) ?? { name, active: 0, waiting: [], nextAt: 0, failures: 0, isLeft: false };
    hosts.set(name, host);
    if (host.isLeft || signal?.aborted) return { is: "unavailable" };
    if (host.active >= limits.atOnce) await new Promise<void>((resolve) => host.waiting.push(resolve));
    else host.active += 1;
    try {
      return (await tryTurn({ host, problems, signal, wait }, send)) ?? { is: "unavailable" };
    } finally {
      // The place goes to the next one that waits.
      const next = host.waiting.shift();
      if (next) next();
      else host.active -= 1;
    }
  };
  return {
    problems,
    ...(signal && { signal }),
    turn,
    ask: (question) => turn(new URL(question.address).host, () => sendQuestion(question, fetch, signal)),
  };
}

async function tryTurn(talk: Talk, send: () => Promise<Reply>): Promise<Answer | undefined> {
  const { host, problems, signal, wait } = talk;
  for (let tries = 1; !host.isLeft && !signal?.aborted; tries += 1) {
    const now = performance.now();
    const pace = Math.max(0, host.nextAt - now);
    host.nextAt = now + pace + limits.paceMilliseconds;
    if (pace > 0) await wait(pace, signal);
    try {
      const reply = await send();
      const answer = await readReply(reply);
      if (answer) {
        host.failures = 0;
        return answer;
      }
      const again = refused(talk, reply, tries);
      if (again === undefined) return undefined;
      await wait(again, signal);
    } catch (error) {
      if (error instanceof TooLarge)
        problems.set(host.name, `${host.name}: an answer is larger than ${limits.bytes} bytes and was left out`);
      else if (!signal?.aborted) leave(talk, wordsOf(host.name, error));
      return undefined;
    }
  }
  return undefined;
}

/** How long to wait for another try; undefined for none. */
function refused(talk: Talk, reply: Reply, tries: number): number | undefined {
  const { host, problems } = talk;
  const { name } = host;
  const { status } = reply;
  if (status === 401 || status === 403) {
    leave(talk, `${name} refuses (${status}): look at the credentials that are configured for it`);
    return undefined;
  }
  if (status !== 429 && status < 500) {
    problems.set(name, `${name} answered ${status}`);
    return undefined;
  }
  const asked = retryAfter(reply.header("retry-after"));
  const milliseconds = asked ?? 2 ** tries * 1000;
  host.failures += 1;
  if (milliseconds > limits.longestWaitMilliseconds || tries >= limits.tries || host.failures > limits.failures) {
    const later = asked === undefined ? "" : ` and asks to come back in ${Math.ceil(asked / 1000)} seconds`;
    leave(talk, `${name} answered ${status}${later}: it is asked again the next time`);
    return undefined;
  }
  host.nextAt = Math.max(host.nextAt, performance.now() + milliseconds);
  return milliseconds;
}

function leave({ host, problems }: Talk, why: string): void {
  host.isLeft = true;
  if (!problems.has(host.name)) problems.set(host.name, why);
}

async function readReply(reply: Reply): Promise<Answer | undefined> {
  const { status } = reply;
  if (status === 304) return { is: "unchanged" };
  if (status === 404 || status === 410) return { is: "missing" };
  if (status !== 200) return undefined;
  const [etag, lastModified] = [reply.header("etag"), reply.header("last-modified")];
  const validators = { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) };
  return { is: "fetched", text: await reply.text(), validators };
}

export function conditionsOf(known: Validators | undefined): Readonly<Record<string, string>> {
  if (known?.etag !== undefined) return { "If-None-Match": known.etag };
  return known?.lastModified === undefined ? {} : { "If-Modified-Since": known.lastModified };
}

async function sendQuestion(
  { address, accept, authorization, known, encoding }: Question,
  fetch: Fetch = globalThis.fetch,
  signal?: AbortSignal,
): Promise<Reply> {
  const { origin } = new URL(address);
  const keepsSecret: Fetch = (target, init) => {
    const headers = new Headers(init?.headers);
    const { href } = target instanceof Request ? { href: target.url } : new URL(target);
    if (authorization !== undefined && new URL(href).origin === origin) headers.set("Authorization", authorization);
    return fetch(target, { ...init, headers });
  };
  const headers = { ...(accept !== undefined && { Accept: accept }), ...conditionsOf(known) };
  const sent = await sendGet({ address, fetch: keepsSecret, ...(signal && { signal }) }, headers);
  const { response } = sent;
  // Nobody reads the rest.
  if (response.status !== 200) sent.end();
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    text: async () => {
      try {
        return await textOf(sent.chunks(), encoding);
      } finally {
        sent.end();
      }
    },
  };
}

export async function textOf(chunks: AsyncIterable<Uint8Array>, encoding: "utf8" | "latin1" = "utf8"): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limits.bytes) throw new TooLarge();
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString(encoding);
}

/** Seconds, or a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const milliseconds = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

function wordsOf(name: string, error: unknown): string {
  let [cause, depth] = [error, 0];
  while (cause instanceof Error && cause.cause instanceof Error && depth < 5) [cause, depth] = [cause.cause, depth + 1];
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  const word = typeof code === "string" && /^\w{1,60}$/.test(code) ? ` (${code})` : "";
  return `${name} could not be reached${word}: nothing more was asked there`;
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await after(milliseconds, undefined, { signal });
  } catch {
    // Whoever waits looks at the signal.
  }
}
