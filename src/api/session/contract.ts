/** Who is signed in; signing in and out, and with what. */
import { type Static, Type } from "typebox";
import { newPassword } from "../first-administrator/contract.ts";
import { id } from "../shapes/id.ts";
import { roleName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";

export const sessionAnswer = Type.Object({
  user: nullable(Type.Object({ id, name: Type.String(), role: roleName })),
  /** Send it as `x-csrf-token` with every write; it changes at sign-in. Empty while nobody is signed in. */
  csrf: Type.String(),
  /** True while there is no administrator yet: the console then shows how to make one. */
  firstStart: Type.Boolean(),
  version: Type.String(),
});
export type Session = Static<typeof sessionAnswer>;

export const signInBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    password: Type.String({ minLength: 1, maxLength: 1024 }),
  },
  { additionalProperties: false },
);
export type SignInBody = Static<typeof signInBody>;

export const changePasswordBody = Type.Object(
  {
    current: Type.String({ minLength: 1, maxLength: 1024, description: "The password until now" }),
    password: newPassword,
  },
  { additionalProperties: false },
);
export type ChangePasswordBody = Static<typeof changePasswordBody>;
