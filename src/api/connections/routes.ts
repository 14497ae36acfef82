/** The wizard before anything is saved. */
import { type ConnectionRequest, checkConnection } from "#flows/connect-instance/check-connection.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import { previewDraft } from "#flows/connect-instance/preview-choice.ts";
import type { SignInId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import { secretValue } from "#model/secret-value.ts";
import { type ApiServer, type Routes, viewerOf } from "../api-server.ts";
import { invalid, ProblemError } from "../problem-error.ts";
import { previewOf } from "../shapes/preview-of.ts";
import { previewAnswer, previewBody } from "../shapes/takes.ts";
import { connectingLimit } from "../sign-in-limits.ts";
import type { Viewer } from "../viewer.ts";
import {
  type ConnectionBody,
  choosableRepositoriesAnswer,
  connectionAnswer,
  connectionBody,
  draftParams,
} from "./contract.ts";
import { connectionOf } from "./row-of.ts";

/** Each token is tried with each organization, one call each at least. */
const mostTries = 500;

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
export const connectionRoutes: Routes = (server: ApiServer, { app }) => {
  server.post(
    "/api/connections",
    {
      schema: {
        summary: "Checks tokens or a sign-in with each organization and keeps them, sealed, for the next steps",
        body: connectionBody,
        response: { 200: connectionAnswer },
      },
      config: { permission: "administer" },
      preHandler: connectingLimit(server),
    },
    async (request) => connectionOf(await checkConnection(app, requestOf(request.body, viewerOf(request), app.now()))),
  );

  server.get(
    "/api/connections/:draft/repositories",
    {
      schema: {
        summary: "Everything the connection can see, to choose from",
        params: draftParams,
        response: { 200: choosableRepositoriesAnswer },
      },
      config: { permission: "administer" },
    },
    async ({ params }) => {
      const found = await listDraftRepositories(app, params.draft);
      if (!found) throw draftGone();
      return { projects: [...found.projects], repositories: [...found.repositories] };
    },
  );

  server.post(
    "/api/connections/:draft/preview",
    {
      schema: {
        summary: "Says what a choice of repositories would cover",
        params: draftParams,
        body: previewBody,
        response: { 200: previewAnswer },
      },
      config: { permission: "administer" },
      bodyLimit: 4 * 1024 * 1024,
    },
    async ({ params, body }) => {
      // The schema has checked the form of the ids.
      const preview = await previewDraft(app, params.draft, body.takes as Takes);
      if (!preview) throw draftGone();
      return previewOf(preview);
    },
  );
};

export function draftGone(): ProblemError {
  return new ProblemError(404, "gone", "This connection was saved already, or begun more than half an hour ago.", {
    detail: "Begin again.",
  });
}

function requestOf(body: ConnectionBody, { id: by }: Viewer, now: Date): ConnectionRequest {
  const { organizations } = body;
  switch (body.method) {
    case "entra":
      return { by, organizations, method: "entra", signIn: body.signIn as SignInId };
    case "service-principal":
      return { by, organizations, method: body.method, ...(body.tenant && { tenant: body.tenant }) };
    case "managed-identity":
      return { by, organizations, method: body.method, ...(body.clientId && { clientId: body.clientId }) };
    case "pat":
      return { by, organizations, method: "pat", tokens: tokensOf(body, now) };
  }
}

function tokensOf({ tokens, organizations }: ConnectionBody & { method: "pat" }, now: Date) {
  if (tokens.length * organizations.length > mostTries) {
    throw invalid("#/tokens", `at most ${mostTries} pairs of token and organization can be tried at once`);
  }
  return tokens.map(({ value, expires: text }, index) => {
    const expires = text === undefined ? undefined : new Date(text);
    if (expires && expires <= now) throw invalid(`#/tokens/${index}/expires`, "this token has expired already");
    return { value: secretValue(value.trim()), ...(expires && { expires }) };
  });
}
