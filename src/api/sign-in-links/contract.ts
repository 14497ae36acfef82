/** One-time sign-in links: an administrator makes one for themself; opening it signs in once. */
import { type Static, Type } from "typebox";
import { time } from "../shapes/time.ts";

export const signInLinkAnswer = Type.Object({
  url: Type.String({ description: "Opens once, then is used up" }),
  expires: time,
});
export type SignInLink = Static<typeof signInLinkAnswer>;

export const signInLinkParams = Type.Object({ token: Type.String({ minLength: 1, maxLength: 100 }) });
