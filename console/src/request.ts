/** Speaks HTTP with the server: the session's cookie, the csrf header of writes, problem+json as errors. */
import type { Session } from "#api/session/contract.ts";
import type { ProblemDetails } from "#api/shapes/problem-details.ts";
import { isAttended } from "./attendance.ts";

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** The server, or the way to it, said no. `kind` is the stable word of the problem's type. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly kind: string;
  readonly detail: string | undefined;
  readonly fields: ReadonlyMap<string, string>;
  /** All that was wrong with what was sent, also where several things are wrong with one field. */
  readonly mistakes: readonly string[];
  /** What was wrong stands in the address: it is mistyped, or of an older version. */
  readonly isOfAddress: "path" | "filters" | undefined;

  constructor(status: number, problem: Partial<ProblemDetails>) {
    super(problem.title ?? `The server answered ${status}.`);
    this.status = status;
    this.kind = problem.type?.split("#")[1] ?? "unexpected";
    this.detail = problem.detail;
    this.mistakes = (problem.errors ?? []).map(({ message }) => message);
    this.isOfAddress = addressPart(problem.errors ?? []);
    this.fields = new Map((problem.errors ?? []).map((error) => [error.pointer.replace("#/", ""), error.message]));
  }
}

function addressPart(errors: NonNullable<ProblemDetails["errors"]>): RequestError["isOfAddress"] {
  if (errors.some(({ pointer }) => pointer.startsWith("params/"))) return "path";
  return errors.some(({ pointer }) => pointer.startsWith("query/")) ? "filters" : undefined;
}

let signedIn: Pick<Session, "csrf" | "user"> = { csrf: "", user: null };

/** The session's answer brings the token that writes must carry. */
export function rememberSession(session: Session): void {
  signedIn = session;
}

export async function get<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
  return await request<Answer>("GET", path + queryText(query), undefined, signal);
}

export async function send<Answer>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answer> {
  return await request<Answer>(method, path, body);
}

/** A file as it is, whatever it holds. */
export async function sendFile<Answer>(path: string, query: Query, file: File): Promise<Answer> {
  return await request<Answer>("POST", path + queryText(query), file);
}

async function request<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  try {
    return await requestOnce<Answer>(method, path, body, signal);
  } catch (error) {
    // Refused before anything was done: somebody signed in anew in another tab, and the token is another one since.
    if (!(error instanceof RequestError) || error.kind !== "csrf") throw error;
    await takeNewToken();
    return await requestOnce<Answer>(method, path, body, signal);
  }
}

/** What one person ordered is not done in the name of another. */
async function takeNewToken(): Promise<void> {
  const session = await requestOnce<Session>("GET", "/api/session");
  if (session.user?.id !== signedIn.user?.id) {
    throw new RequestError(403, {
      title: "Somebody else has signed in with this browser",
      detail: "Nothing was changed. Load this page anew to see what they may see.",
    });
  }
  rememberSession(session);
}

async function requestOnce<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf-token"] = signedIn.csrf;
  if (!isAttended()) headers["x-unattended"] = "1";
  const isFile = body instanceof File;
  if (body !== undefined) headers["content-type"] = isFile ? "application/octet-stream" : "application/json";
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    // What only reads is asked again by the query client; of a write nobody knows whether it arrived, and it must not be done twice.
    const next =
      method === "GET"
        ? "This page tries again by itself."
        : "This is not sent again by itself, as it may have arrived: look before you try again.";
    throw new RequestError(0, {
      title: "Sallyport cannot be reached",
      detail: `The server may be restarting, or the network is down. ${next}`,
    });
  }
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const answer: unknown = isJson ? await response.json() : undefined;
  if (!response.ok) throw new RequestError(response.status, (answer ?? {}) as Partial<ProblemDetails>);
  return answer as Answer;
}

function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
