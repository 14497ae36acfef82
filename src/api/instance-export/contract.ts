/** What people take away from an instance before it is deleted, and the receipt afterwards. */
import { type Static, Type } from "typebox";
import { scannerName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

/** GET /api/instances/:id/issues.json: a list of these; issues.csv has the same columns. */
const exportedIssue = Type.Object({
  id: Type.String(),
  state: Type.Enum(["open", "fixed", "dismissed", "silenced"] as const),
  archived: Type.Boolean(),
  severity: severityName,
  scanner: scannerName,
  rule: Type.String(),
  title: Type.String(),
  message: Type.String(),
  organization: Type.String(),
  project: Type.String(),
  repository: Type.String(),
  branch: Type.String(),
  path: Type.String(),
  line: nullable(Type.Integer()),
  masked: nullable(Type.String()),
  /** A secret that the branch does not hold now. */
  onlyInHistory: Type.Boolean(),
  firstSeen: time,
  lastSeen: time,
  dismissedBy: nullable(Type.String()),
  dismissReason: nullable(Type.String()),
  /** Silenced: the reason that the code gives, and where it stands. */
  skipReason: nullable(Type.String()),
  skipPath: nullable(Type.String()),
  skipLine: nullable(Type.Integer()),
});
export type ExportedIssue = Static<typeof exportedIssue>;

/** What was deleted; 404 while the deletion is under way. */
export const receiptAnswer = Type.Object({
  instance: Type.String({ description: "Its name" }),
  by: Type.String(),
  askedAt: nullable(time),
  finishedAt: time,
  organizations: Type.Array(Type.String()),
  /** `left`: hooks that could not be removed, in words for the person who must do it by hand. */
  hooks: Type.Object({ removed: Type.Integer(), left: Type.Array(Type.String()) }),
  /** Branch policies that required our status. `left` as of hooks. */
  gates: Type.Object({ removed: Type.Integer(), left: Type.Array(Type.String()) }),
  credentials: Type.Integer(),
  mirrors: Type.Integer(),
  repositories: Type.Integer(),
  scans: Type.Integer(),
  issues: Type.Integer(),
});
export type Receipt = Static<typeof receiptAnswer>;
