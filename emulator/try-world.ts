/** A small world for tests: one organization, one project, people of every group, and a way to ask. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addOrganization, addProject, addToken, addUser } from "./build-world.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "./start-emulator.ts";
import type { GroupName, OrganizationState, PersonalAccessToken, ProjectState, User } from "./world.ts";

/** What JSON.parse gives: tests know the shape of what they asked for. */
type Json = ReturnType<typeof JSON.parse>;

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

interface AskOptions {
  readonly token?: PersonalAccessToken | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: string | null;
}

export interface TryWorld {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly organization: OrganizationState;
  readonly project: ProjectState;
  readonly people: Readonly<Record<"collection" | "admin" | "contributor" | "reader", User>>;
  readonly tokens: Readonly<Record<"collection" | "admin" | "contributor" | "reader", PersonalAccessToken>>;
  /** `path` begins after the base address; signed in as the project administrator unless told otherwise. */
  ask(method: string, path: string, options?: AskOptions): Promise<Reply>;
  close(): Promise<void>;
}

const groups = {
  collection: "collection administrators",
  admin: "project administrators",
  contributor: "contributors",
  reader: "readers",
} as const satisfies Record<string, GroupName>;

function basic(token: PersonalAccessToken): string {
  return `Basic ${Buffer.from(`:${token.value}`).toString("base64")}`;
}

export async function openTryWorld(options: Pick<EmulatorOptions, "edition"> = {}): Promise<TryWorld> {
  const folder = await mkdtemp(join(tmpdir(), "emulator-test-"));
  const emulator = await startEmulator({ ...options, folder: join(folder, "emulator") });
  const { world } = emulator;
  const organization = addOrganization(world, "fabrikam");
  const project = addProject(world, organization, "My Project");
  const person = (key: keyof typeof groups) => addUser(world, `${key} person`, { organization, group: groups[key] });
  const people = {
    collection: person("collection"),
    admin: person("admin"),
    contributor: person("contributor"),
    reader: person("reader"),
  };
  const token = (user: User) => addToken(world, user);
  const tokens = {
    collection: token(people.collection),
    admin: token(people.admin),
    contributor: token(people.contributor),
    reader: token(people.reader),
  };
  return {
    emulator,
    folder,
    organization,
    project,
    people,
    tokens,
    ask: (method, path, options = {}) => ask(`${emulator.url}${path}`, method, tokens.admin, options),
    async close() {
      await emulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ask(url: string, method: string, fallback: PersonalAccessToken, options: AskOptions): Promise<Reply> {
  const token = options.token === undefined ? fallback : options.token;
  const version = options.version === undefined ? "7.1" : options.version;
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      Accept: version === null ? "application/json" : `application/json;api-version=${version}`,
      "X-TFS-FedAuthRedirect": "Suppress",
      ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token ? { Authorization: basic(token) } : {}),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  // unlike response.text(), this keeps a byte order mark
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Json;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** The status of the next answers, by number of the request from 0; "hang" never answers. */
  answer: (request: number) => number | "hang";
  close(): Promise<void>;
}

/** Takes deliveries and answers as told. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      const status = receiver.answer(received.length);
      received.push({ headers: request.headers, body: JSON.parse(text) });
      if (status === "hang") return;
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: () => 200,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

/** Runs the real git client; the token travels in the environment. */
export function runGitClient(
  token: PersonalAccessToken,
  args: readonly string[],
  options: { readonly config?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly code: number; readonly output: string }> {
  const config = Object.entries({
    "http.extraHeader": `Authorization: ${basic(token)}`,
    "user.name": "Client",
    "user.email": "client@example.com",
    "init.defaultBranch": "main",
    ...options.config,
  });
  const env = {
    PATH: process.env.PATH,
    HOME: tmpdir(),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
  return new Promise((resolve) => {
    execFile("git", args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, output: stdout + stderr });
    });
  });
}
