/** The wizard before anything is saved. */
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import { secretValue } from "#model/secret-value.ts";
import type { Routes } from "../api-server.ts";
import { invalid, ProblemError } from "../problem-error.ts";
import { toTime } from "../shapes/time.ts";
import { choosableRepositoriesAnswer, connectionAnswer, connectionBody, draftParams } from "./contract.ts";

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
export const connectionRoutes: Routes = (server, { app }) => {
  server.post(
    "/api/connections",
    {
      schema: {
        summary: "Checks a personal access token with each organization and keeps it, sealed, for the next steps",
        body: connectionBody,
        response: { 200: connectionAnswer },
      },
      config: { permission: "administer" },
    },
    async ({ body }) => {
      const expires = body.expires === undefined ? undefined : new Date(body.expires);
      if (expires && expires <= app.now()) throw invalid("#/expires", "this token has expired already");
      const check = await checkConnection(app, {
        organizations: body.organizations,
        token: secretValue(body.token.trim()),
        ...(expires && { expires }),
      });
      return {
        draft: check.draft ?? null,
        expires: toTime(check.expires),
        organizations: check.organizations.map(({ name, id, account, connectedTo, problem, capabilities }) => ({
          name,
          id: id ?? null,
          account: account ? { id: account.id, name: account.name, mail: account.mail ?? null } : null,
          connectedTo: connectedTo ?? null,
          problem: problem ?? null,
          capabilities: capabilities.map((one) => ({ name: one.name, works: one.works, message: one.message })),
        })),
      };
    },
  );

  server.get(
    "/api/connections/:draft/repositories",
    {
      schema: {
        summary: "Everything the token can see, to choose from",
        params: draftParams,
        response: { 200: choosableRepositoriesAnswer },
      },
      config: { permission: "administer" },
    },
    async ({ params }) => {
      const found = await listDraftRepositories(app, params.draft);
      if (!found) {
        throw new ProblemError(404, "gone", "This connection was saved already, or begun more than half an hour ago.", {
          detail: "Give the token again.",
        });
      }
      return { projects: [...found.projects], repositories: [...found.repositories] };
    },
  );
};
