/** The catalogue of vendors that can be connected. */
import { everyFeature, scopesFor } from "#model/scopes.ts";
import { listInstances } from "#store/instances/instances.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { integrationsAnswer, integrationsQuery } from "./contract.ts";

const azureDevOps = {
  vendor: "azure-devops",
  name: "Azure DevOps",
  category: "Source code and pipelines",
  description:
    "Scans repositories and pull requests of Azure DevOps organizations, follows pushes by service hooks, and answers with pull-request threads and statuses.",
} as const;

export const integrationRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/integrations",
    {
      schema: {
        summary: "What can be connected, and which scopes that needs",
        querystring: integrationsQuery,
        response: { 200: integrationsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const instances = await listInstances(app.db, viewerOf(request).scope);
      const scopes = scopesFor({ ...everyFeature, ...request.query }, "pat").map((scope) => ({
        name: scope.onTokenPage ?? scope.name,
        why: scope.why,
        required: !scope.isOptional,
      }));
      const { edition } = app.remote.addresses;
      return { rows: [{ ...azureDevOps, edition, scopes, instances: instances.length }], total: 1 };
    },
  );
};
