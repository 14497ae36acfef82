/** Instances: one connection to one vendor each; the grid of Settings > Data Sources & Integrations. */
import { type Static, Type } from "typebox";
import { choosableRepository } from "../connections/contract.ts";
import { id } from "../shapes/id.ts";
import { instanceStateName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

const takes = Type.Union([
  Type.Object({ is: Type.Literal("existing") }, { additionalProperties: false }),
  Type.Object({ is: Type.Literal("existing-and-future") }, { additionalProperties: false }),
  Type.Object(
    { is: Type.Literal("list"), repositories: Type.Array(id, { maxItems: 50_000 }) },
    { additionalProperties: false },
  ),
]);
export type TakesBody = Static<typeof takes>;

const instanceRow = Type.Object({
  id,
  name: Type.String(),
  vendor: Type.Enum(["azure-devops"] as const),
  /** Null until the first credential is there. */
  signIn: nullable(
    Type.Object({
      is: Type.Enum(["entra", "pat"] as const),
      account: Type.String({ description: "Who Sallyport is in Azure DevOps" }),
      expires: nullable(time),
    }),
  ),
  organizations: Type.Array(Type.Object({ id, name: Type.String(), syncedAt: nullable(time) })),
  takes: Type.Enum(["existing", "existing-and-future", "list"] as const),
  state: instanceStateName,
  reasons: Type.Array(Type.Object({ code: Type.String(), message: Type.String() })),
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
  /** One per project and event type. */
  subscriptions: Type.Array(
    Type.Object({
      project: Type.String(),
      eventType: Type.String(),
      status: Type.String({
        description: "`pending` until made, then Azure DevOps' own word: `enabled`, `onProbation` ...",
      }),
      accepted: Type.Integer(),
      duplicates: Type.Integer(),
      refused: Type.Integer(),
      lastDeliveryAt: nullable(time),
    }),
  ),
});
export type InstanceDetail = Static<typeof instanceAnswer>;

const instanceName = Type.String({ minLength: 1, maxLength: 200 });

export const createInstanceBody = Type.Object(
  { draft: id, name: instanceName, takes },
  { additionalProperties: false },
);
export type CreateInstanceBody = Static<typeof createInstanceBody>;

export const createdInstanceAnswer = Type.Object({ id });
export type CreatedInstance = Static<typeof createdInstanceAnswer>;

export const editInstanceBody = Type.Object(
  {
    name: Type.Optional(instanceName),
    takes: Type.Optional(takes),
    /** Signs in anew: a draft of POST /api/connections made with the new token. */
    draft: Type.Optional(id),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type EditInstanceBody = Static<typeof editInstanceBody>;

/** To edit the choice: every repository known, with whether it is chosen. */
export const instanceRepositoriesAnswer = Type.Object({
  projects: Type.Array(Type.Object({ id, name: Type.String(), organization: Type.String() })),
  repositories: Type.Array(Type.Object({ ...choosableRepository.properties, chosen: Type.Boolean() })),
});
export type InstanceRepositories = Static<typeof instanceRepositoriesAnswer>;
