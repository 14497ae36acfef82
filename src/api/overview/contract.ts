/** The first page: what is connected, what is open, what was scanned, whether hooks arrive. */
import { type Static, Type } from "typebox";
import { instanceStateName, scannerName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

export const overviewAnswer = Type.Object({
  /** States that no instance has are left out. */
  instances: Type.Array(Type.Object({ state: instanceStateName, count: Type.Integer() })),
  repositories: Type.Object({ chosen: Type.Integer(), total: Type.Integer() }),
  /** Open issues; pairs without an issue are left out. */
  openIssues: Type.Array(Type.Object({ scanner: scannerName, severity: severityName, count: Type.Integer() })),
  openSecrets: Type.Integer({ description: "Each once, however many of the open issues are about it" }),
  /** 30 days, oldest first, today last. */
  trend: Type.Array(
    Type.Object({
      day: Type.String({ description: "YYYY-MM-DD, UTC" }),
      open: Type.Integer(),
      opened: Type.Integer(),
      fixed: Type.Integer(),
    }),
  ),
  /** Scans begun in the last 24 hours. */
  scans: Type.Object({
    complete: Type.Integer(),
    partial: Type.Integer(),
    failed: Type.Integer(),
    superseded: Type.Integer(),
    running: Type.Integer(),
  }),
  hooks: Type.Object({
    healthy: Type.Integer({ description: "Subscriptions that Azure DevOps says are enabled" }),
    total: Type.Integer(),
    accepted: Type.Integer({ description: "Deliveries, since each subscription was made" }),
    duplicates: Type.Integer({ description: "Deliveries that were known already" }),
    refused: Type.Integer({ description: "Deliveries with a wrong secret" }),
    failedEvents: Type.Integer({ description: "Events whose handling failed for good" }),
    lastDeliveryAt: nullable(time),
  }),
});
export type Overview = Static<typeof overviewAnswer>;
