/** The wizard before anything is saved: check a token, show who it is and what it can do, list what can be chosen. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

export const connectionBody = Type.Object(
  {
    organizations: Type.Array(
      Type.String({ minLength: 1, maxLength: 300, description: "A name, or the organization's address" }),
      { minItems: 1, maxItems: 100 },
    ),
    token: Type.String({
      minLength: 1,
      maxLength: 5000,
      description: "The personal access token; sealed, never shown again",
    }),
    expires: Type.Optional(time),
  },
  { additionalProperties: false },
);
export type ConnectionBody = Static<typeof connectionBody>;

const capability = Type.Object({
  name: Type.String({ description: "A stable word: `read-code`, `write-pull-requests`, `manage-hooks` ..." }),
  works: Type.Boolean(),
  message: Type.String({ description: "What works, or which scope or right is missing" }),
});

const checkedOrganization = Type.Object({
  name: Type.String(),
  id: nullable(id),
  /** Whose token it is, for people. */
  account: nullable(Type.Object({ id: Type.String(), name: Type.String(), mail: nullable(Type.String()) })),
  /** The name of the instance that already holds this organization. */
  connectedTo: nullable(Type.String()),
  /** Why it cannot be connected; null if it can. */
  problem: nullable(Type.String()),
  capabilities: Type.Array(capability),
});
export type CheckedOrganization = Static<typeof checkedOrganization>;

export const connectionAnswer = Type.Object({
  /** Null if no organization can be connected. */
  draft: nullable(id),
  /** When the draft is forgotten. */
  expires: time,
  organizations: Type.Array(checkedOrganization),
});
export type Connection = Static<typeof connectionAnswer>;

export const draftParams = Type.Object({ draft: id });

export const choosableRepository = Type.Object({
  id,
  name: Type.String(),
  project: Type.String({ description: "The project's name" }),
  projectId: id,
  organization: Type.String({ description: "The organization's name" }),
  isDisabled: Type.Boolean(),
  isEmpty: Type.Boolean(),
  isFork: Type.Boolean(),
  size: Type.Integer({ description: "Bytes, as Azure DevOps counts" }),
});
export type ChoosableRepository = Static<typeof choosableRepository>;

/** Everything at once (a few thousand rows): the wizard searches and selects in the browser. */
export const choosableRepositoriesAnswer = Type.Object({
  projects: Type.Array(Type.Object({ id, name: Type.String(), organization: Type.String() })),
  repositories: Type.Array(choosableRepository),
});
export type ChoosableRepositories = Static<typeof choosableRepositoriesAnswer>;
