/** The catalogue of vendors that can be connected. */
import { listInstances } from "#store/instances.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { integrationsAnswer } from "./contract.ts";

/** Words as they stand on Azure DevOps' page "Create a new personal access token". Code (Read & write) contains the smaller ones. */
const azureDevOps = {
  vendor: "azure-devops",
  name: "Azure DevOps",
  category: "Source code and pipelines",
  description:
    "Scans repositories and pull requests of Azure DevOps organizations, follows pushes by service hooks, and answers with pull-request threads and statuses.",
  scopes: [
    {
      name: "Code (Read & write)",
      why: "To read repositories, follow pushes and pull requests by service hooks, and answer with threads and statuses",
      required: true,
    },
    { name: "Project and Team (Read)", why: "To list the projects to choose from", required: true },
    { name: "Build (Read)", why: "To record completed builds", required: false },
  ],
} as const;

export const integrationRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/integrations",
    {
      schema: { summary: "What can be connected", response: { 200: integrationsAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const instances = await listInstances(app.db, viewerOf(request).scope);
      return { rows: [{ ...azureDevOps, scopes: [...azureDevOps.scopes], instances: instances.length }], total: 1 };
    },
  );
};
