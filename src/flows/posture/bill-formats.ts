/** A pipeline's bill of materials as people take it away: the API does not see the scan room. */
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";
import { billToCyclonedx } from "#scan/posture/bill/to-cyclonedx.ts";
import { billToJson } from "#scan/posture/bill/to-json.ts";

export const billFormats: Readonly<
  Record<"json" | "cyclonedx", (bill: PipelineBill, about: { readonly at: Date; readonly version: string }) => string>
> = {
  json: (bill) => billToJson(bill),
  cyclonedx: (bill, { at, version }) => billToCyclonedx(bill, { time: at.toISOString(), toolVersion: version }),
};
