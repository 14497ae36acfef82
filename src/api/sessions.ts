/**
 * Browser sessions: 32 random bytes in a cookie, their hash in the database beside whose they are. Every sign-in makes a
 * new one (no fixation); the database alone signs nobody in, and an anonymous visitor leaves no row.
 */
import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "#flows/app.ts";
import type { UserId } from "#model/ids.ts";
import { deleteSession, getSession, saveSession } from "#store/people/sessions.ts";
import { getUser, type User } from "#store/people/users.ts";
import { hashBearerSecret, newBearerSecret } from "./bearer-secret.ts";

interface Session {
  readonly user: User;
  readonly csrf: string;
}

export interface Sessions {
  find(request: FastifyRequest): Promise<Session | undefined>;
  /** Ends the session of the request, if any, and begins one of this user. Answers its CSRF token. */
  begin(request: FastifyRequest, reply: FastifyReply, user: UserId): Promise<string>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

interface SessionData {
  readonly user: UserId;
  readonly csrf: string;
  readonly begun: number;
  readonly seen: number;
}

const minute = 60_000;
/** Ends after this long without a request, and in any case after the longer time. */
const idleLife = 12 * 60 * minute;
const wholeLife = 7 * 24 * 60 * minute;
/** How exact `seen` is: a session is written at most this often. */
const seenStep = 5 * minute;

export function createSessions(app: App): Sessions {
  const cookie = cookieOf(app.publicUrl);

  async function find(request: FastifyRequest): Promise<Session | undefined> {
    const secret = request.cookies[cookie.name];
    if (!secret) return undefined;
    const id = sessionId(secret);
    const now = app.now();
    const data = (await getSession(app.db, id, now)) as SessionData | undefined;
    if (!data || data.begun + wholeLife <= now.getTime()) return undefined;
    const user = await getUser(app.db, data.user);
    if (!user) return undefined;
    if (now.getTime() - data.seen >= seenStep) await save(id, { ...data, seen: now.getTime() });
    return { user, csrf: data.csrf };
  }

  async function save(id: string, data: SessionData): Promise<void> {
    const expires = new Date(Math.min(data.seen + idleLife, data.begun + wholeLife));
    await saveSession(app.db, id, data, expires);
  }

  async function forget(request: FastifyRequest): Promise<void> {
    const secret = request.cookies[cookie.name];
    if (secret) await deleteSession(app.db, sessionId(secret));
  }

  return {
    find,
    async begin(request, reply, user) {
      await forget(request);
      const secret = newBearerSecret();
      const csrf = newBearerSecret();
      const now = app.now().getTime();
      await save(sessionId(secret), { user, csrf, begun: now, seen: now });
      reply.setCookie(cookie.name, secret, { ...cookie.options, maxAge: wholeLife / 1000 });
      return csrf;
    },
    async end(request, reply) {
      await forget(request);
      reply.clearCookie(cookie.name, cookie.options);
    },
  };
}

function sessionId(secret: string): string {
  return hashBearerSecret(secret).toString("hex");
}

/** Browsers keep cookies per host, not per port: the name tells two servers of one machine apart. */
function cookieOf(publicUrl: string) {
  const secure = publicUrl.startsWith("https:");
  const suffix = createHash("sha256").update(publicUrl).digest("hex").slice(0, 8);
  return {
    name: secure ? `__Host-sallyport-${suffix}` : `sallyport-${suffix}`,
    options: { path: "/", httpOnly: true, sameSite: "lax", secure },
  } as const;
}
