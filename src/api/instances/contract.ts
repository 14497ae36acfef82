/** Instances: one connection to one vendor each; the grid of Settings > Data Sources & Integrations. */
import { type Static, Type } from "typebox";
import { choosableProject, choosableRepository } from "../connections/contract.ts";
import { id } from "../shapes/id.ts";
import { instanceStateName, signInMethodName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf } from "../shapes/page.ts";
import { featuresShape, narrowingShape, takesShape } from "../shapes/takes.ts";
import { time } from "../shapes/time.ts";

export const headsShape = Type.Object({
  unscanned: Type.Integer({ description: "Repositories whose head differs from what was scanned last" }),
  unchecked: Type.Integer({ description: "Repositories whose head was never looked at" }),
  /** The oldest look at a head. */
  oldestCheck: nullable(time),
});

const instanceRow = Type.Object({
  id,
  name: Type.String(),
  vendor: Type.Enum(["azure-devops"] as const),
  /** Of the credential that is used; null until the first one is there. */
  signIn: nullable(
    Type.Object({
      is: signInMethodName,
      account: Type.String({ description: "Who Sallyport is in Azure DevOps" }),
      tenant: nullable(Type.String({ description: "Microsoft Entra directory of the sign-in" })),
      expires: nullable(time),
    }),
  ),
  credentials: Type.Object({ good: Type.Integer(), total: Type.Integer() }),
  organizations: Type.Array(Type.Object({ id, name: Type.String(), syncedAt: nullable(time) })),
  takes: Type.Enum(["existing", "existing-and-future", "list"] as const),
  features: featuresShape,
  state: instanceStateName,
  reasons: Type.Array(
    Type.Object({
      code: Type.String(),
      level: Type.Enum(["error", "warning", "notice"] as const),
      /** Null: the whole instance. */
      organization: nullable(Type.String()),
      since: time,
      cause: Type.String(),
      affects: Type.String({ description: "What works no longer, or later" }),
      remedy: Type.String({ description: "A sentence that says what to do" }),
      action: nullable(Type.Enum(["renew-sign-in", "edit-choice", "sync", "validate", "resume", "try-again"] as const)),
    }),
  ),
  pausedAt: nullable(time),
  heads: headsShape,
  repositories: Type.Object({ chosen: Type.Integer(), total: Type.Integer() }),
  issues: Type.Integer({ description: "Open issues" }),
  hooks: Type.Object({ healthy: Type.Integer(), total: Type.Integer() }),
  createdAt: time,
});
export type InstanceRow = Static<typeof instanceRow>;

export const instancesAnswer = pageOf(instanceRow);
export type Instances = Static<typeof instancesAnswer>;

export const instanceAnswer = Type.Object({
  ...instanceRow.properties,
  /** Null if nothing is left out, or if repositories were listed one by one. */
  narrowing: nullable(narrowingShape),
  pausedBy: nullable(Type.String()),
  /** One per project (or for the whole organization) and event type. */
  subscriptions: Type.Array(
    Type.Object({
      organization: Type.String(),
      project: nullable(Type.String({ description: "Null: the whole organization" })),
      eventType: Type.String(),
      status: Type.String({
        description: "`pending` until made, then Azure DevOps' own word: `enabled`, `onProbation` ...",
      }),
      accepted: Type.Integer(),
      duplicates: Type.Integer(),
      refused: Type.Integer(),
      lastDeliveryAt: nullable(time),
      /** When it was last found in working order, or brought there. */
      checkedAt: nullable(time),
    }),
  ),
});
export type InstanceDetail = Static<typeof instanceAnswer>;

export type TakesBody = Static<typeof takesShape>;

const instanceName = Type.String({ minLength: 1, maxLength: 200 });

export const createInstanceBody = Type.Object(
  { draft: id, name: instanceName, takes: takesShape, features: Type.Optional(featuresShape) },
  { additionalProperties: false },
);
export type CreateInstanceBody = Static<typeof createInstanceBody>;

export const createdInstanceAnswer = Type.Object({ id });
export type CreatedInstance = Static<typeof createdInstanceAnswer>;

export const editInstanceBody = Type.Object(
  {
    name: Type.Optional(instanceName),
    takes: Type.Optional(takesShape),
    /** What becomes of the issues of repositories that the new choice leaves out; they are archived if absent. */
    removed: Type.Optional(Type.Enum(["archive", "delete"] as const)),
    features: Type.Optional(featuresShape),
    /** Adds credentials and organizations: a draft of POST /api/connections. Those that are there stay. */
    draft: Type.Optional(id),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type EditInstanceBody = Static<typeof editInstanceBody>;

/** To edit the choice: every repository known, with whether it is chosen. */
export const instanceRepositoriesAnswer = Type.Object({
  projects: Type.Array(choosableProject),
  repositories: Type.Array(Type.Object({ ...choosableRepository.properties, chosen: Type.Boolean() })),
});
export type InstanceRepositories = Static<typeof instanceRepositoriesAnswer>;

export const credentialParams = Type.Object({ id, credential: id });

export const startedValidationAnswer = Type.Object({ id });
export type StartedValidation = Static<typeof startedValidationAnswer>;

/** A test notification for each hook, and whether it arrived. */
export const validationAnswer = Type.Object({
  id,
  startedBy: Type.String(),
  startedAt: time,
  /** Null while it runs. */
  finishedAt: nullable(time),
  results: Type.Array(
    Type.Object({
      organization: Type.String(),
      project: nullable(Type.String({ description: "Null: the whole organization" })),
      eventType: Type.String(),
      /** `refused`: Azure DevOps would not send it; `lost`: it was sent and did not arrive. */
      state: Type.Enum(["waiting", "sent", "arrived", "refused", "lost"] as const),
      detail: nullable(Type.String()),
      milliseconds: nullable(Type.Integer()),
    }),
  ),
});
export type Validation = Static<typeof validationAnswer>;
