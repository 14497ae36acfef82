/** Finds out who asks, and refuses what they may not do. Runs before anything else of a request, body included. */
import { timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { ApiServer, Parts } from "./api-server.ts";
import { mayDo, type Permission, permissions } from "./permissions.ts";
import { ProblemError } from "./problem-error.ts";
import { findViewer, type Viewer } from "./viewer.ts";

export function enforceAccess(server: ApiServer, { app, sessions }: Pick<Parts, "app" | "sessions">): void {
  server.decorateRequest("viewer", null);

  server.addHook("onRequest", async (request) => {
    const permission = request.routeOptions.config.permission;
    // Only what answers "no such page" has no permission: routes are refused below.
    if (permission === undefined) return;
    request.viewer = await findViewer(app, sessions, request);
    if (!mayDo(request.viewer?.role, permission) && !(permission === "monitor" && isFromThisMachine(request))) {
      throw refusal(request.viewer);
    }
    if (isWrite(request) && request.headers.authorization === undefined) {
      refuseForeignOrigin(request, app.publicUrl);
      // A public write (signing in) acts for nobody, so there is nobody whose session could be abused.
      if (request.viewer && permission !== "public") refuseWithoutCsrfToken(request, request.viewer);
    }
  });
}

/** A route without permission or summary refuses to register. */
export function demandPermissions(server: ApiServer): void {
  server.addHook("onRoute", (route) => {
    const permission: Permission | undefined = route.config?.permission;
    if (permission === undefined || !permissions.includes(permission)) {
      throw new Error(`${String(route.method)} ${route.url} names no permission`);
    }
    if (!route.schema?.hide && !route.schema?.summary) {
      throw new Error(`${String(route.method)} ${route.url} has no summary`);
    }
  });
}

function refusal(viewer: Viewer | null): ProblemError {
  return viewer
    ? new ProblemError(403, "forbidden", "You are signed in, but may not do this.", {
        detail: "Ask an administrator of this Sallyport.",
      })
    : new ProblemError(401, "signed-out", "Sign in first.");
}

/** A reverse proxy on this machine says so in a header; what it forwards comes from elsewhere. */
function isFromThisMachine(request: FastifyRequest): boolean {
  const address = request.socket.remoteAddress ?? "";
  const forwarded = request.headers["x-forwarded-for"] ?? request.headers.forwarded;
  return /^(127\.|::1$|::ffff:127\.)/.test(address) && forwarded === undefined;
}

function isWrite(request: FastifyRequest): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(request.method);
}

/** Covers what has no session yet (signing in), where no token can be asked for. */
function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  const { origin, host } = request.headers;
  if (origin === undefined || origin === new URL(publicUrl).origin) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new ProblemError(403, "csrf", "This request comes from another site.");
}

function refuseWithoutCsrfToken(request: FastifyRequest, { csrf }: Viewer): void {
  const expected = Buffer.from(csrf ?? "");
  const given = Buffer.from(String(request.headers["x-csrf-token"] ?? ""));
  if (expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given)) return;
  throw new ProblemError(403, "csrf", "The header x-csrf-token is missing or wrong.", {
    detail: "Send `csrf` of GET /api/session.",
  });
}
