/** Something written in the code that silences a finding, as the wire carries it. Who wrote it is not known. */
import { type Static, Type } from "typebox";
import type { Skip } from "#model/silenced-finding.ts";
import { nullable } from "./nullable.ts";
import { span } from "./place.ts";
import { spanOf } from "./place-of.ts";

export const skip = Type.Object({
  reason: Type.String({ description: "Empty if none was given" }),
  at: nullable(span),
});

export function skipOf({ reason, at }: Skip): Static<typeof skip> {
  return { reason, at: at ? spanOf(at) : null };
}
