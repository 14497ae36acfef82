/** The operator's own app registration in Microsoft Entra ID. */
import { redirectUri } from "#flows/connect-instance/begin-sign-in.ts";
import { enterEntraApp, removeEntraApp } from "#flows/connect-instance/save-entra-app.ts";
import { everyFeature, scopesFor } from "#model/scopes.ts";
import { getEntraApp } from "#store/people/entra-app.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { invalid } from "../problem-error.ts";
import { toTime } from "../shapes/time.ts";
import { entraAppAnswer, entraAppBody } from "./contract.ts";

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
export const entraAppRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/entra-app",
    {
      schema: {
        summary: "The app registration that people sign in through, and what it must list",
        response: { 200: entraAppAnswer },
      },
      config: { permission: "administer" },
    },
    async () => {
      const row = await getEntraApp(app.db);
      return {
        app: row
          ? {
              clientId: row.clientId,
              tenant: row.tenant ?? null,
              proof: row.proof,
              proofExpires: toTime(row.proofExpires),
              updatedBy: row.updatedBy,
              updatedAt: toTime(row.updatedAt),
            }
          : null,
        redirectUri: redirectUri(app),
        scopes: scopesFor(everyFeature, "entra").map(({ name, onTokenPage, why, isOptional }) => ({
          name,
          onTokenPage: onTokenPage ?? null,
          why,
          isOptional,
        })),
      };
    },
  );

  server.put(
    "/api/entra-app",
    {
      schema: { summary: "Enters the app registration; its secret or key is sealed", body: entraAppBody },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const { proofExpires, ...entry } = request.body;
      const saved = await enterEntraApp(app, {
        ...entry,
        proofExpires: proofExpires === undefined ? undefined : new Date(proofExpires),
        by: viewerOf(request).name,
      });
      if (saved.is === "invalid") throw invalid(`#/${saved.field}`, saved.problem);
      return reply.code(204).send();
    },
  );

  server.delete(
    "/api/entra-app",
    {
      schema: { summary: "Forgets the app registration; sign-ins cannot be renewed without one" },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      await removeEntraApp(app, viewerOf(request).name);
      return reply.code(204).send();
    },
  );
};
