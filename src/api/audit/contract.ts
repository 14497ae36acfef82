/** Who did what, newest first; the lines outlive what they speak of. For administrators. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

export const auditQuery = Type.Object({ ...pageQuery });
export type AuditQuery = Partial<Static<typeof auditQuery>>;

const auditRow = Type.Object({
  id,
  at: time,
  actor: Type.String({ description: "A person's name, or `sallyport`" }),
  action: Type.String({ description: "`instance.created`, `issue.dismissed` ..." }),
  subject: Type.String(),
  data: Type.Record(Type.String(), Type.Unknown()),
});
export type AuditRow = Static<typeof auditRow>;

export const auditAnswer = pageOf(auditRow);
export type Audit = Static<typeof auditAnswer>;
