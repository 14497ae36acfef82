/** Speaks with the server as a browser does: a cookie, a CSRF token, JSON. Nothing that a person could not do. */
import type { Session } from "#api/session/contract.ts";

export interface ApiClient {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<void>;
  signedIn(session: Session): void;
}

export function createApiClient(baseUrl: string): ApiClient {
  let cookie = "";
  let csrf = "";

  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(cookie && { cookie }),
        ...(csrf && { "x-csrf-token": csrf }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  }

  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    signedIn: (session) => {
      csrf = session.csrf;
    },
  };
}
