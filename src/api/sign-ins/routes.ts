/** Signing in with Microsoft Entra ID: away, back, and what came of it. */
import { type BegunSignIn, beginSignIn } from "#flows/connect-instance/begin-sign-in.ts";
import { completeSignIn } from "#flows/connect-instance/complete-sign-in.ts";
import { type ReadOutcome, readSignInOutcome, strayProblem } from "#flows/connect-instance/sign-in-outcome.ts";
import type { CredentialId, InstanceId } from "#model/ids.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { mayDo } from "../permissions.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { connectingLimit } from "../sign-in-limits.ts";
import {
  attemptAnswer,
  attemptParams,
  type BeginSignInBody,
  begunSignInAnswer,
  callbackQuery,
  type SignInAttemptAnswer,
  signInBody,
} from "./contract.ts";

/** Names what belongs to no attempt: an old tab, a link from somebody else. */
const stray = "00000000-0000-0000-0000-000000000000";
const wizard = "/settings/integrations/new";

export const signInRoutes: Routes = (server, parts) => {
  awayRoutes(server, parts);
  callbackRoute(server, parts);
};

function awayRoutes(server: ApiServer, { app }: Parts): void {
  server.post(
    "/api/sign-ins",
    {
      schema: {
        summary: "Begins a sign-in with Microsoft Entra ID: for a new connection, or to renew one",
        body: signInBody,
        response: { 200: begunSignInAnswer },
      },
      config: { permission: "administer" },
      preHandler: connectingLimit(server),
    },
    async (request) => {
      const begun = await beginSignIn(app, { by: viewerOf(request).id, ...wishOf(request.body) });
      if (begun.is === "problem") throw refusalOf(begun);
      return { attempt: begun.attempt, url: begun.url, tenant: begun.tenant ?? null, via: begun.via };
    },
  );

  server.get(
    "/api/sign-ins/:attempt",
    {
      schema: { summary: "What came of a sign-in", params: attemptParams, response: { 200: attemptAnswer } },
      config: { permission: "administer" },
    },
    async (request) => {
      const { attempt } = request.params;
      const outcome = attempt === stray ? strayProblem() : await readSignInOutcome(app, attempt, viewerOf(request).id);
      if (!outcome) throw notFound("sign-in");
      return answerOf(outcome);
    },
  );
}

/** Leads on with ids of our own only: nothing that came in the address is ever part of an answer. */
function callbackRoute(server: ApiServer, { app }: Parts): void {
  server.get(
    "/api/sign-ins/callback",
    {
      schema: { summary: "Where Microsoft sends people back to", querystring: callbackQuery, produces: ["text/html"] },
      // Whoever is not signed in here any more is led to the sign-in page, not to a refusal in JSON.
      config: { permission: "public" },
      preHandler: connectingLimit(server),
      exposeHeadRoute: false,
    },
    async (request, reply) => {
      reply.header("referrer-policy", "no-referrer");
      const { viewer } = request;
      if (!viewer) return reply.redirect(`/sign-in?next=${encodeURIComponent(wizard)}`, 303);
      const { state } = request.query;
      const completed =
        state === undefined || !mayDo(viewer.role, "administer")
          ? undefined
          : await completeSignIn(app, { by: viewer, state, address: request.url });
      if (!completed) return reply.redirect(`${wizard}?attempt=${stray}`, 303);
      const { attempt, instance } = completed;
      const page = instance === undefined ? wizard : `/settings/integrations/${instance}`;
      return reply.redirect(`${page}?attempt=${attempt}`, 303);
    },
  );
}

function wishOf(body: BeginSignInBody) {
  if ("hint" in body) return { hint: body.hint, selectAccount: body.selectAccount ?? false };
  return { instance: body.instanceId as InstanceId, credential: body.credentialId as CredentialId };
}

function refusalOf({ because, problem, whatToDo }: BegunSignIn & { is: "problem" }): ProblemError {
  if (because === "no-such-credential") return notFound("credential");
  return new ProblemError(409, because, problem, { detail: whatToDo });
}

function answerOf(outcome: ReadOutcome): SignInAttemptAnswer {
  switch (outcome.is) {
    case "under-way":
      return { is: "under-way" };
    case "problem": {
      const { code, title, whatHappened, whatToDo, entraSays } = outcome.problem;
      return {
        is: "problem",
        problem: { code, title, whatHappened, whatToDo, entraSays: entraSays ?? null },
        hint: outcome.hint ?? null,
        signIn: outcome.signIn ?? null,
        account: outcome.account ? { ...outcome.account } : null,
        instance: outcome.instance ?? null,
      };
    }
    case "signed-in":
      return {
        is: "signed-in",
        signIn: outcome.signIn,
        account: { ...outcome.account },
        tenant: outcome.tenant,
        organizations: outcome.organizations.map(({ id, name, tenant, isOtherTenant }) => ({
          id,
          name,
          tenant: tenant ?? null,
          isOtherTenant,
          connectedTo: outcome.connected.get(id) ?? null,
        })),
        renewed: outcome.renewed ?? null,
      };
  }
}
