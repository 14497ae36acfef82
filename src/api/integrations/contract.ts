/** The catalogue of vendors that can be connected. */
import { type Static, Type } from "typebox";
import { pageOf } from "../shapes/page.ts";

/** Switches of a connection to be; everything is on if absent. */
export const integrationsQuery = Type.Object({
  comment: Type.Optional(Type.Boolean()),
  status: Type.Optional(Type.Boolean()),
  fix: Type.Optional(Type.Boolean()),
  workItems: Type.Optional(Type.Boolean()),
});

const integration = Type.Object({
  vendor: Type.Enum(["azure-devops"] as const),
  name: Type.String(),
  category: Type.String(),
  description: Type.String(),
  instances: Type.Integer({ description: "How many instances of it the reader sees" }),
  edition: Type.Enum(["services", "server"] as const, {
    description: "A server knows personal access tokens only, and calls its organizations collections",
  }),
  /** What a personal access token must be allowed to do; follows the switches of the query. */
  scopes: Type.Array(
    Type.Object({
      name: Type.String({ description: "As on Azure DevOps' token page: `Code (Read & write)`" }),
      why: Type.String(),
      required: Type.Boolean(),
    }),
  ),
});

export const integrationsAnswer = pageOf(integration);
export type Integrations = Static<typeof integrationsAnswer>;
