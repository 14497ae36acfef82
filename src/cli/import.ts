/** `sallyport import`: gives the results of another scanner to a server. 0 they are taken, 1 the server refuses them. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { SecretValue } from "#model/secret-value.ts";
import { type Client, readClient } from "./config.ts";
import { writeToStdout } from "./scan/scan-output.ts";
import { UsageError } from "./usage-error.ts";

export interface ImportOptions {
  readonly repository: string;
  readonly server?: string;
  readonly tokenFromEnv?: string;
  readonly branch?: string;
  readonly pullRequest?: number;
  readonly category?: string;
  readonly commit?: string;
  readonly root?: string;
}

export async function runImport(file: string, options: ImportOptions): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError(`there is no file ${file}`);
  const client = readClient({ server: options.server, tokenFrom: options.tokenFromEnv });
  const id = await findRepository(client, options.repository);
  const { branch, pullRequest, category, commit, root } = options;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ branch, pullRequest, category, commit, root })) {
    if (value !== undefined) query.set(name, String(value));
  }
  const answer = await send(client, `/api/repositories/${id}/imports?${query.toString()}`, file);
  if (answer.status === 409 || answer.status === 422) {
    await writeToStderr(`sallyport: ${whyNot(answer.body)}\n`);
    return 1;
  }
  if (answer.status !== 200) throw new UsageError(`${client.server} answered ${answer.status}: ${whyNot(answer.body)}`);
  await writeToStdout(`${linesOf(answer.body).join("\n")}\n`);
  return 0;
}

async function send(client: Client, path: string, file: string): Promise<Answer> {
  let unread: NodeJS.ErrnoException | undefined;
  const source = createReadStream(file).on("error", (error) => {
    unread = error;
  });
  const packed = pipeline(source, createGzip(), () => undefined);
  try {
    return await call(client, path, {
      method: "POST",
      headers: { "content-type": "application/sarif+json", "content-encoding": "gzip" },
      body: Readable.toWeb(packed) as ReadableStream<Uint8Array>,
      duplex: "half",
    });
  } catch (error) {
    if (unread === undefined) throw error;
    throw new UsageError(`${file} cannot be read (${unread.code ?? "unknown error"})`);
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function call(
  { server, token }: Client,
  path: string,
  init: RequestInit & { readonly duplex?: "half" } = {},
): Promise<Answer> {
  const headers = { ...(init.headers as Record<string, string>), authorization: bearer(token) };
  try {
    const answer = await fetch(`${server}${path}`, { ...init, headers, redirect: "error" });
    const text = await answer.text();
    return { status: answer.status, body: parsed(text) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new UsageError(`${server} cannot be reached: ${cause}`);
  }
}

function bearer(token: SecretValue): string {
  return `Bearer ${token.reveal()}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By `project/name`, by a name that only one has, or by its id. */
async function findRepository(client: Client, asked: string): Promise<string> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(asked)) return asked;
  const name = asked.slice(asked.lastIndexOf("/") + 1);
  const answer = await call(client, `/api/repositories?limit=500&search=${encodeURIComponent(name)}`);
  if (answer.status === 401) throw new UsageError("the server does not know this token, or it has expired");
  if (answer.status !== 200) throw new UsageError(`${client.server} answered ${answer.status}: ${whyNot(answer.body)}`);
  const { rows } = answer.body as { readonly rows: readonly { id: string; name: string; project: string }[] };
  const fold = (text: string) => text.toLowerCase();
  const matching = rows.filter((row) => [row.name, `${row.project}/${row.name}`].map(fold).includes(fold(asked)));
  const [one, ...others] = matching;
  if (!one) throw new UsageError(`the server has no repository ${asked}, or this token may not see it`);
  if (others.length > 0) {
    const names = matching.map((row) => `${row.project}/${row.name}`).join(", ");
    throw new UsageError(`several repositories are called ${asked}: say which of ${names}`);
  }
  return one.id;
}

function whyNot(body: unknown): string {
  const { title, detail } = (body ?? {}) as { readonly title?: string; readonly detail?: string };
  return [title ?? "an answer that is not Sallyport's", detail].filter((text) => text !== undefined).join(" ");
}

interface TakenImport {
  readonly tool: string;
  readonly category: string;
  readonly counts: Readonly<
    Record<"results" | "findings" | "silenced" | "skipped" | "known" | "opened" | "fixed", number>
  >;
  readonly problems: readonly { readonly at: string; readonly message: string }[];
}

function linesOf(body: unknown): readonly string[] {
  const { imports } = body as { readonly imports: readonly TakenImport[] };
  return imports.flatMap(({ tool, category, counts, problems }) => {
    const what = category === "" ? tool : `${tool} (${category})`;
    const parts = [
      `${counts.findings} ${counts.findings === 1 ? "finding" : "findings"} of ${counts.results} ${counts.results === 1 ? "result" : "results"}`,
      ...(counts.silenced > 0 ? [`${counts.silenced} suppressed`] : []),
      ...(counts.known > 0 ? [`${counts.known} known on the target`] : []),
      `${counts.opened} opened`,
      `${counts.fixed} fixed`,
    ];
    return [`${what}: ${parts.join(", ")}`, ...problems.map(({ at, message }) => `  ${at}: ${message}`)];
  });
}

async function writeToStderr(text: string): Promise<void> {
  await new Promise((resolve) => process.stderr.write(text, resolve));
}
