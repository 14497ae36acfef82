/** First start: whoever holds the printed one-time address makes the first administrator, and is signed in. Answers a Session. */
import { type Static, Type } from "typebox";

export const newPassword = Type.String({ minLength: 12, maxLength: 1024, description: "At least 12 characters" });
export const newUserName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^\\S(.*\\S)?$",
  description: "A name or mail address, without space around it",
});

export const firstAdministratorBody = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 100 }), name: newUserName, password: newPassword },
  { additionalProperties: false },
);
export type FirstAdministratorBody = Static<typeof firstAdministratorBody>;
