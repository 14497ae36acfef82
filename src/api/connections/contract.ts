/** The wizard before anything is saved: check what people sign in with, show what it can do, list what can be chosen. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { signInMethodName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { preflightShape } from "../shapes/preflight.ts";
import { time } from "../shapes/time.ts";

const organizationText = Type.String({
  minLength: 1,
  maxLength: 300,
  description: "A name, or the organization's address",
});
const organizations = Type.Array(organizationText, { maxItems: 100 });
const someOrganizations = Type.Array(organizationText, { minItems: 1, maxItems: 100 });

export const connectionBody = Type.Union([
  Type.Object(
    {
      method: Type.Literal("pat"),
      /** None: those that the tokens can list, which works for tokens of all accessible organizations only. */
      organizations,
      tokens: Type.Array(
        Type.Object(
          {
            value: Type.String({ minLength: 1, maxLength: 5000, description: "Sealed, never shown again" }),
            expires: Type.Optional(time),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 50, description: "Each is tried with each organization" },
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { method: Type.Literal("entra"), signIn: id, organizations: someOrganizations },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      method: Type.Literal("service-principal"),
      organizations: someOrganizations,
      /** The directory; that of the app registration if absent. */
      tenant: Type.Optional(id),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      method: Type.Literal("managed-identity"),
      organizations: someOrganizations,
      /** Which one, if the machine has several. */
      clientId: Type.Optional(id),
    },
    { additionalProperties: false },
  ),
]);
export type ConnectionBody = Static<typeof connectionBody>;

const checkedCredential = Type.Object({
  method: signInMethodName,
  account: Type.String({ description: "Who Sallyport would be, for people" }),
  expires: nullable(time),
  /** A token of all accessible organizations. */
  allOrganizations: Type.Boolean(),
  preflight: preflightShape,
});

const checkedOrganization = Type.Object({
  name: Type.String(),
  id: nullable(id),
  /** Of the credential that would be used. */
  account: nullable(Type.String()),
  /** Its directory; null if unknown. */
  tenant: nullable(Type.String()),
  /** The name of the instance that already holds this organization. */
  connectedTo: nullable(Type.String()),
  /** Why it cannot be connected; null if it can. */
  problem: nullable(Type.String()),
  /** Those that work there, best first. */
  credentials: Type.Array(checkedCredential),
});
export type CheckedOrganization = Static<typeof checkedOrganization>;

export const connectionAnswer = Type.Object({
  /** Null if there is nothing to save. */
  draft: nullable(id),
  /** When the draft is forgotten. */
  expires: time,
  warnings: Type.Array(Type.String({ description: "What people should know before they save" })),
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

export const choosableProject = Type.Object({
  id,
  name: Type.String(),
  organization: Type.String(),
  isSupported: Type.Boolean({ description: "False: it keeps its code in Team Foundation Version Control" }),
});

/** Everything at once (a few thousand rows): the wizard searches and selects in the browser. */
export const choosableRepositoriesAnswer = Type.Object({
  projects: Type.Array(choosableProject),
  repositories: Type.Array(choosableRepository),
});
export type ChoosableRepositories = Static<typeof choosableRepositoriesAnswer>;
