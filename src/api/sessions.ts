/**
 * Browser sessions: 32 random bytes in a cookie, their hash in the database beside whose they are. Every sign-in makes a
 * new one (no fixation); the database alone signs nobody in, and an anonymous visitor leaves no row.
 */
import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "#flows/app.ts";
import type { UserId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { notifyLive } from "#store/live.ts";
import { deleteSession, getSession, insertSession, prolongSession, type SessionData } from "#store/people/sessions.ts";
import { getUser, type User } from "#store/people/users.ts";
import { inTransaction } from "#store/transaction.ts";
import { hashBearerSecret, newBearerSecret } from "./bearer-secret.ts";

interface Session {
  readonly user: User;
  readonly csrf: string;
}

export interface Sessions {
  find(request: FastifyRequest): Promise<Session | undefined>;
  /** Ends the session of the request, if any, and begins one of this user. Answers its CSRF token. */
  begin(request: FastifyRequest, reply: FastifyReply, user: UserId, db?: Db): Promise<string>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** The id of the session of the request, if it has one. */
  idOf(request: FastifyRequest): string | undefined;
}

const minute = 60_000;
/** Ends after this long without a request of the person, and in any case after the longer time. */
const idleLife = 12 * 60 * minute;
const wholeLife = 7 * 24 * 60 * minute;
/** How exact `seen` is: a session is written at most this often. */
const seenStep = 5 * minute;

export function createSessions(app: App): Sessions {
  const cookie = cookieOf(app.publicUrl);

  async function find(request: FastifyRequest): Promise<Session | undefined> {
    const id = idOf(request);
    if (id === undefined) return undefined;
    const now = app.now();
    const data = await getSession(app.db, id, now);
    if (!data || data.begun + wholeLife <= now.getTime()) return undefined;
    const user = await getUser(app.db, data.user);
    if (!user) return undefined;
    if (now.getTime() - data.seen >= seenStep && !isUnattended(request)) {
      const seen = { ...data, seen: now.getTime() };
      await prolongSession(app.db, id, seen, endOf(seen));
    }
    return { user, csrf: data.csrf };
  }

  function idOf(request: FastifyRequest): string | undefined {
    const secret = request.cookies[cookie.name];
    return secret ? sessionId(secret) : undefined;
  }

  async function forget(request: FastifyRequest, db: Db): Promise<void> {
    const id = idOf(request);
    if (id === undefined) return;
    await inTransaction(db, async (tx) => {
      const userId = await deleteSession(tx, id);
      if (userId) await notifyLive(tx, { is: "access-changed", userId });
    });
  }

  return {
    find,
    idOf,
    async begin(request, reply, user, db = app.db) {
      await forget(request, db);
      const secret = newBearerSecret();
      const csrf = newBearerSecret();
      const now = app.now().getTime();
      const data: SessionData = { user, csrf, begun: now, seen: now };
      await insertSession(db, sessionId(secret), data, endOf(data));
      reply.setCookie(cookie.name, secret, { ...cookie.options, maxAge: wholeLife / 1000 });
      return csrf;
    },
    async end(request, reply) {
      await forget(request, app.db);
      reply.clearCookie(cookie.name, cookie.options);
    },
  };
}

/** An open page asks by itself, too; it says so where nobody is there, and keeps a session alive no longer. */
function isUnattended({ headers, routeOptions }: FastifyRequest): boolean {
  return headers["x-unattended"] !== undefined || routeOptions.config.isAskedByPages === true;
}

function endOf({ seen, begun }: SessionData): Date {
  return new Date(Math.min(seen + idleLife, begun + wholeLife));
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
