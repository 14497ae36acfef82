/** Signing in with Microsoft Entra ID: away to Microsoft, back through the callback, and what came of it. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";

/** Either for a new connection, or to renew the sign-in of a credential. */
export const signInBody = Type.Union([
  Type.Object(
    {
      hint: Type.String({
        minLength: 1,
        maxLength: 300,
        description: "Name or address of an organization, a domain of the directory, or an e-mail address",
      }),
      /** Lets the person choose among accounts that the browser is signed in with. */
      selectAccount: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  Type.Object({ instanceId: id, credentialId: id }, { additionalProperties: false }),
]);
export type BeginSignInBody = Static<typeof signInBody>;

export const begunSignInAnswer = Type.Object({
  attempt: id,
  /** Where to send the browser: a page of Microsoft. */
  url: Type.String(),
  /** The directory it signs in to; null if the account decides. */
  tenant: nullable(Type.String()),
  via: Type.Enum(["organization", "domain", "e-mail", "account", "renewal"] as const),
});
export type BegunSignIn = Static<typeof begunSignInAnswer>;

/** What Microsoft adds to the address; nothing of it is ever shown. */
export const callbackQuery = Type.Object({ state: Type.Optional(Type.String({ maxLength: 1000 })) });

export const attemptParams = Type.Object({ attempt: id });

const account = Type.Object({ name: Type.String(), userName: Type.String() });

const signInOrganization = Type.Object({
  id,
  name: Type.String(),
  /** The directory behind it; null if that could not be found out, or if it has none. */
  tenant: nullable(Type.String()),
  /** True: this sign-in cannot be used there. Sign in once more with the organization's name as hint. */
  isOtherTenant: Type.Boolean(),
  /** Name of the instance that has it already. */
  connectedTo: nullable(Type.String()),
});

export const attemptAnswer = Type.Union([
  Type.Object({ is: Type.Literal("under-way") }),
  Type.Object({
    is: Type.Literal("problem"),
    problem: Type.Object({
      code: Type.String({ description: "`consent-declined`, `wrong-directory`, `other-person` ..." }),
      title: Type.String(),
      whatHappened: Type.String(),
      whatToDo: Type.String(),
      entraSays: nullable(Type.String({ description: "Microsoft's own line" })),
    }),
    /** What was typed at the beginning; null for a renewal. */
    hint: nullable(Type.String()),
    /**
     * `other-person` and `wrong-directory` of a renewal: the sign-in worked, but as somebody else. It can be added as
     * another credential: POST /api/connections with `method: "entra"` and this sign-in, then PATCH the instance.
     */
    signIn: nullable(id),
    account: nullable(account),
    /** Of a renewal: which instance it was for. */
    instance: nullable(id),
  }),
  Type.Object({
    is: Type.Literal("signed-in"),
    /** For POST /api/connections. */
    signIn: id,
    account,
    tenant: Type.String(),
    organizations: Type.Array(signInOrganization),
    /** The instance whose sign-in this renewed; null for a new connection. */
    renewed: nullable(id),
  }),
]);
export type SignInAttemptAnswer = Static<typeof attemptAnswer>;
