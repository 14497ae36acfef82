/** How a connection does: who it acts as, what it spends, how far scans are behind, and what happened to it lately. */
import { type Static, Type } from "typebox";
import { purposes } from "#model/purpose.ts";
import { headsShape } from "../instances/contract.ts";
import { id } from "../shapes/id.ts";
import { signInMethodName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { preflightShape } from "../shapes/preflight.ts";
import { time } from "../shapes/time.ts";

const credential = Type.Object({
  id,
  method: signInMethodName,
  account: Type.String({ description: "Without the mail address, for readers who are no administrators" }),
  tenant: nullable(Type.String()),
  organization: Type.String(),
  expires: nullable(time),
  allOrganizations: Type.Boolean(),
  health: Type.Enum(["good", "refused", "sign-in-again", "removed"] as const),
  healthReason: nullable(Type.String()),
  healthSince: time,
  /** When its rights were last looked at. */
  checkedAt: nullable(time),
  /** The one that is used in its organization. */
  isInUse: Type.Boolean(),
  preflight: nullable(preflightShape),
});

export const instanceHealthAnswer = Type.Object({
  delivery: Type.Object({
    is: Type.Enum(["hooks", "polling"] as const),
    /** Why it polls. */
    because: nullable(Type.String()),
    latencySeconds: Type.Integer({ description: "From a push to its scan, at most, as expected" }),
  }),
  /** By organization, best first. */
  credentials: Type.Array(credential),
  /** Calls to Azure DevOps in the last 24 hours. */
  spend: Type.Array(
    Type.Object({
      organization: Type.String(),
      purpose: Type.Enum(purposes),
      calls: Type.Integer(),
      refused: Type.Integer({ description: "Answered with 429" }),
      failed: Type.Integer(),
      delayedMilliseconds: Type.Integer({ description: "Waited because Azure DevOps asked for it" }),
    }),
  ),
  /** How near the limit of Azure DevOps each organization's identity is, in Azure DevOps' own unit. */
  paces: Type.Array(
    Type.Object({
      organization: Type.String(),
      limit: nullable(Type.Number()),
      remaining: nullable(Type.Number()),
      resetAt: nullable(time),
      pausedUntil: nullable(time),
      waiting: Type.Integer({ description: "Calls that wait for their turn" }),
      seenAt: time,
    }),
  ),
  heads: headsShape,
  /** The fifty that are furthest behind. */
  lags: Type.Array(
    Type.Object({
      id,
      repository: Type.String(),
      project: Type.String(),
      organization: Type.String(),
      headCommit: nullable(Type.String()),
      scannedCommit: nullable(Type.String()),
      headCheckedAt: nullable(time),
    }),
  ),
  projects: Type.Array(
    Type.Object({
      id,
      name: Type.String(),
      organization: Type.String(),
      isSupported: Type.Boolean({ description: "False: it keeps its code in Team Foundation Version Control" }),
      repositories: Type.Integer(),
      chosen: Type.Integer(),
    }),
  ),
  /** The last twenty lines of the audit that are about this instance. */
  events: Type.Array(
    Type.Object({
      id,
      at: time,
      actor: Type.String(),
      action: Type.String(),
      subject: Type.String(),
      /** Null for readers who are no administrators. */
      data: nullable(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
});
export type InstanceHealth = Static<typeof instanceHealthAnswer>;
