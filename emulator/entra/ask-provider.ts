/** Lets the provider of a tenant answer a request that the edge has put into its words, and gives back the whole answer. */
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { World } from "../world.ts";
import { loginBase, type ProviderRequest, providerOf, tellProvider } from "./tenant-provider.ts";
import type { TenantState } from "./tenants.ts";

export interface ProviderAnswer {
  readonly status: number;
  readonly location?: string;
  readonly cookies: readonly string[];
  readonly text: string;
}

export interface ProviderQuestion {
  readonly method: "GET" | "POST";
  /** After the tenant: `/oauth2/v2.0/token`. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly form?: URLSearchParams;
}

/** The browser's cookies without the provider's own session, which would remember who signed in last. */
function cookiesOf(request: IncomingMessage): string {
  return (request.headers.cookie ?? "")
    .split("; ")
    .filter((cookie) => !cookie.startsWith("_session"))
    .join("; ");
}

export async function askProvider(
  world: World,
  tenant: TenantState,
  request: IncomingMessage,
  about: ProviderRequest,
  question: ProviderQuestion,
): Promise<ProviderAnswer> {
  // with the real socket, an inner request that ends early would close it
  const inner = new IncomingMessage(new Socket());
  inner.method = question.method;
  inner.url = question.query ? `${question.path}?${question.query.toString()}` : question.path;
  inner.headers = {
    host: new URL(world.baseUrl).host,
    cookie: cookiesOf(request),
    accept: "application/json",
    ...(request.headers.authorization ? { authorization: request.headers.authorization } : {}),
  };
  // by this the provider learns what precedes its own paths
  Object.assign(inner, { originalUrl: `${new URL(loginBase(world)).pathname}/${tenant.id}${inner.url}` });
  if (question.form) {
    const body = Buffer.from(question.form.toString());
    inner.headers["content-type"] = "application/x-www-form-urlencoded";
    inner.headers["content-length"] = String(body.length);
    inner.push(body);
  }
  inner.push(null);
  tellProvider(inner, about);
  return answerOf(inner, providerOf(world, tenant).provider.callback());
}

function answerOf(
  inner: IncomingMessage,
  callback: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<ProviderAnswer> {
  return new Promise((resolve, reject) => {
    const response = new ServerResponse(inner);
    const end = (chunk?: unknown) => {
      const cookies = response.getHeader("set-cookie");
      const location = response.getHeader("location");
      resolve({
        status: response.statusCode,
        ...(typeof location === "string" ? { location } : {}),
        cookies: (Array.isArray(cookies) ? cookies : []).filter((cookie) => !cookie.startsWith("_session")),
        text: typeof chunk === "string" || Buffer.isBuffer(chunk) ? chunk.toString() : "",
      });
      return response;
    };
    Object.assign(response, { end });
    Promise.resolve(callback(inner, response)).catch(reject);
  });
}
