/** One-time sign-in links: made by an administrator for themself, used up by opening them. */
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { insertSignInLink, takeSignInLink } from "#store/people/sign-in-links.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { hashBearerSecret, newBearerSecret } from "../bearer-secret.ts";
import { oneTimeLimit } from "../sign-in-limits.ts";
import { signInLinkAnswer, signInLinkParams } from "./contract.ts";

const life = 60 * 60_000;

const usedPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sallyport</title>
<p>This sign-in link was used already, or is too old. <a href="/sign-in">Sign in with name and password</a>.</p></html>`;

export const signInLinkRoutes: Routes = (server, { app, sessions }) => {
  server.post(
    "/api/sign-in-links",
    {
      schema: { summary: "Makes an address that signs its maker in once", response: { 201: signInLinkAnswer } },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const secret = newBearerSecret();
      const expires = new Date(app.now().getTime() + life);
      await insertSignInLink(app.db, {
        hash: hashBearerSecret(secret),
        purpose: "sign-in",
        userId: viewer.id,
        expires,
      });
      await insertAuditEvent(app.db, { actor: viewer.name, action: "sign-in-link-made", subject: viewer.name });
      return reply.code(201).send({ url: `${app.publicUrl}/sign-in/${secret}`, expires: expires.toISOString() });
    },
  );

  server.get(
    "/sign-in/:token",
    {
      schema: { summary: "Uses a one-time link up and signs in", params: signInLinkParams, produces: ["text/html"] },
      config: { permission: "public" },
      preHandler: oneTimeLimit(server),
      // HEAD is what link previews send: it must not use the link up.
      exposeHeadRoute: false,
    },
    async (request, reply) => {
      reply.header("referrer-policy", "no-referrer").header("cache-control", "no-store");
      // Taken by its hash: whoever reads the database cannot make an address of it.
      const link = await takeSignInLink(app.db, hashBearerSecret(request.params.token), app.now());
      if (link?.purpose !== "sign-in" || !link.userId) return reply.code(410).type("text/html").send(usedPage);
      await sessions.begin(request, reply, link.userId);
      return reply.redirect("/", 303);
    },
  );
};
