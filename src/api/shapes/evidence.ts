/** What proves something about settings: fields of answers and lines of files. */
import { type Static, Type } from "typebox";
import type { Evidence } from "#model/posture/posture-result.ts";
import { nullable } from "./nullable.ts";

export const evidence = Type.Object({
  what: Type.String({ description: "`branch policy 12: minimumApproverCount = 0`, `azure-pipelines.yml:14`" }),
  url: nullable(Type.String()),
  at: nullable(Type.String({ description: "When it was read, ISO 8601" })),
});

export function evidenceOf({ what, url, at }: Evidence): Static<typeof evidence> {
  return { what, url: url ?? null, at: at ?? null };
}
