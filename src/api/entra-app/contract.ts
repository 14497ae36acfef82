/** The operator's own app registration in Microsoft Entra ID. Its secret or private key is sealed and never shown again. */
import { type Static, Type } from "typebox";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

export const entraAppAnswer = Type.Object({
  /** Null until it is entered. */
  app: nullable(
    Type.Object({
      clientId: Type.String(),
      /** The directory (tenant) of the registration, where its service principal signs in; null if not told. */
      tenant: nullable(Type.String()),
      proof: Type.Enum(["secret", "certificate"] as const),
      proofExpires: nullable(time),
      updatedBy: Type.String(),
      updatedAt: time,
    }),
  ),
  redirectUri: Type.String({ description: "To be entered in the registration, letter by letter" }),
  /** What the registration must list under API permissions. */
  scopes: Type.Array(
    Type.Object({
      name: Type.String({ description: "As Entra names it: `vso.code_write`" }),
      onTokenPage: nullable(Type.String({ description: "As Azure DevOps' page for tokens names it" })),
      why: Type.String(),
      isOptional: Type.Boolean(),
    }),
  ),
});
export type EntraAppSettings = Static<typeof entraAppAnswer>;

const guid = Type.String({ format: "uuid" });
const pem = Type.String({ minLength: 1, maxLength: 40_000 });

export const entraAppBody = Type.Object(
  {
    clientId: Type.String({ minLength: 1, maxLength: 100, description: "Application (client) ID: a GUID" }),
    tenant: Type.Optional(guid),
    proof: Type.Union([
      Type.Object(
        { is: Type.Literal("secret"), value: Type.String({ minLength: 1, maxLength: 1000 }) },
        { additionalProperties: false },
      ),
      Type.Object(
        { is: Type.Literal("certificate"), privateKey: pem, certificate: pem },
        { additionalProperties: false },
      ),
    ]),
    /** Of a secret, as Entra showed it; a certificate tells it. */
    proofExpires: Type.Optional(time),
  },
  { additionalProperties: false },
);
export type EntraAppBody = Static<typeof entraAppBody>;
