/** What calls to Azure DevOps are made for, in the order in which a scarce budget is spent. */
import type { Purpose } from "#model/purpose.ts";

export const purposeLabels: Readonly<Record<Purpose, string>> = {
  person: "People at work here",
  "pull-request": "Pull requests",
  push: "Pushes",
  hooks: "Service hooks",
  sync: "Listing and catch-up",
  preflight: "Checks of rights",
  posture: "Settings of pipelines and people",
  backfill: "First scans",
};
