/** Who asks: read from the session cookie or the bearer token of a request. */
import type { FastifyRequest } from "fastify";
import type { App } from "#flows/app.ts";
import type { UserId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Role } from "#store/database.ts";
import { findApiToken } from "#store/people/api-tokens.ts";
import { scopeOf } from "#store/people/instance-access.ts";
import { hashBearerSecret } from "./bearer-secret.ts";
import { ProblemError } from "./problem-error.ts";
import type { Sessions } from "./sessions.ts";

export interface Viewer {
  readonly id: UserId;
  readonly name: string;
  readonly role: Role;
  /** What of the data this person may see; every query takes it. */
  readonly scope: Scope;
  /** Present if signed in by cookie: what writes must send as `x-csrf-token`. */
  readonly csrf?: string;
}

/** A wrong bearer token is an error, a stale cookie is just nobody. */
export async function findViewer(app: App, sessions: Sessions, request: FastifyRequest): Promise<Viewer | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return viewerOfToken(app, authorization);
  const session = await sessions.find(request);
  if (!session) return null;
  const { user, csrf } = session;
  return { id: user.id, name: user.name, role: user.role, scope: await scopeOf(app.db, user), csrf };
}

async function viewerOfToken(app: App, authorization: string): Promise<Viewer> {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const owner = token === undefined ? undefined : await findApiToken(app.db, hashBearerSecret(token), app.now());
  if (!owner) {
    throw new ProblemError(401, "signed-out", "This API token is not known here, or it has expired.", {
      detail: "Send `Authorization: Bearer` with a token made under Settings > API tokens.",
    });
  }
  const { userId: id, userName: name, role } = owner;
  return { id, name, role, scope: await scopeOf(app.db, { id, role }) };
}
