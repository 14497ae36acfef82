/** What people take away from an instance before it is deleted, and the receipt afterwards. */
import { Readable } from "node:stream";
import { readReceipt } from "#flows/instances/forget-instance.ts";
import type { InstanceId } from "#model/ids.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { receiptAnswer } from "./contract.ts";
import { exportCsv, exportJson } from "./export-issues.ts";

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
export const instanceExportRoutes: Routes = (server, parts) => {
  const { app, findRule } = parts;
  const formats = { csv: [exportCsv, "text/csv; charset=utf-8"], json: [exportJson, "application/json"] } as const;
  for (const [ending, [write, type]] of Object.entries(formats)) {
    server.get(
      `/api/instances/:id/issues.${ending}`,
      {
        schema: {
          summary: `All issues of an instance, archived ones too, as ${ending.toUpperCase()}`,
          params: idParams,
          produces: [type],
        },
        config: { permission: "administer" },
      },
      async (request, reply) => {
        const { id } = await instanceFor(parts, viewerOf(request), request.params.id);
        return reply
          .type(type)
          .header("content-disposition", `attachment; filename="issues-${id}.${ending}"`)
          .send(Readable.from(write(app.db, id, findRule)));
      },
    );
  }

  server.get(
    "/api/instances/:id/receipt",
    {
      schema: {
        summary: "What was deleted with an instance that is gone",
        params: idParams,
        response: { 200: receiptAnswer },
      },
      config: { permission: "administer" },
    },
    async ({ params }) => {
      const receipt = await readReceipt(app, params.id as InstanceId);
      if (!receipt) throw notFound("receipt");
      const { instance, by, asked, finished, organizations, hooksRemoved, hooksLeft, ...counts } = receipt;
      return {
        instance,
        by,
        askedAt: new Date(asked).toISOString(),
        finishedAt: finished.toISOString(),
        organizations: [...organizations],
        hooks: { removed: hooksRemoved, left: [...hooksLeft] },
        gates: { removed: counts.gatesRemoved ?? 0, left: [...(counts.gatesLeft ?? [])] },
        credentials: counts.credentials,
        mirrors: counts.mirrors,
        repositories: counts.repositories,
        scans: counts.scans,
        issues: counts.issues,
      };
    },
  );
};
