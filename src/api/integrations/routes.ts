/** The catalogue of vendors that can be connected. */
import { listInstances } from "#store/instances.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { integrationsAnswer } from "./contract.ts";

/** Words as they stand on Azure DevOps' page "Create a new personal access token". */
const azureDevOps = {
  vendor: "azure-devops",
  name: "Azure DevOps",
  category: "Source code and pipelines",
  description:
    "Scans repositories and pull requests of Azure DevOps organizations, follows pushes by service hooks, and answers with pull-request threads and statuses.",
  scopes: [
    { name: "Code (Read)", why: "To read repositories and to fetch what is pushed", required: true },
    { name: "Project and Team (Read)", why: "To list the projects to choose from", required: true },
    { name: "Code (Read & write)", why: "To subscribe to pushes and pull requests by service hooks", required: true },
    { name: "Code (Status)", why: "To set the status of a pull request", required: true },
    { name: "Pull Request Threads (Read & write)", why: "To comment on the line of a finding", required: true },
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
