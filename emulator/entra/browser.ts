/** Who is signed in in a browser: Entra's own cookie, which all tenants share, so that nobody signs in twice. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { User, World } from "../world.ts";

const cookieName = "ESTSAUTH";

function idOf(request: IncomingMessage): string | undefined {
  const found = (request.headers.cookie ?? "").split("; ").find((cookie) => cookie.startsWith(`${cookieName}=`));
  return found?.slice(cookieName.length + 1);
}

export function signedInUsers(world: World, request: IncomingMessage): readonly User[] {
  const ids = world.entra.browsers.get(idOf(request) ?? "") ?? [];
  return [...ids].flatMap((id) => world.users.get(id) ?? []);
}

/** Answers the cookie to set. */
export function rememberSignIn(world: World, request: IncomingMessage, user: User): string {
  const old = idOf(request);
  const id = old !== undefined && world.entra.browsers.has(old) ? old : randomBytes(24).toString("base64url");
  world.entra.browsers.set(id, new Set([...(world.entra.browsers.get(id) ?? []), user.id]));
  return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`;
}

export function forgetSignIns(world: World, request: IncomingMessage): string {
  world.entra.browsers.delete(idOf(request) ?? "");
  return `${cookieName}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
}
