/** How a connection does. */
import { type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { idParams } from "../shapes/id.ts";
import { instanceHealthAnswer } from "./contract.ts";
import { readHealth } from "./read-health.ts";

export const instanceHealthRoutes: Routes = (server, parts) => {
  server.get(
    "/api/instances/:id/health",
    {
      schema: {
        summary: "Credentials, rights, calls spent, scan lag and recent events of an instance",
        params: idParams,
        response: { 200: instanceHealthAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      return readHealth(parts, await instanceFor(parts, viewer, request.params.id), viewer);
    },
  );
};
