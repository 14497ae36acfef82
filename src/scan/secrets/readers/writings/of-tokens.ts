/** What tokens are signed with, where no call of the tables takes it. */
import { atEach, literal, type Writing, type Writings } from "./writing.ts";

/** `func(token *jwt.Token) (any, error) { return []byte("v"), nil }`: a parser asks for the key. */
const handedToParser: Writing = {
  after: new RegExp(String.raw`^\(${literal}\), nil\b`, "d"),
  kind: "secret",
  company: /jwt|token/,
};
/** `JWT.encode payload, 'v', 'HS256'` of Ruby: without brackets. */
const withoutBrackets: Writing = {
  after: new RegExp(String.raw`^[@\w.]{1,40}, ?${literal}`, "d"),
  kind: "secret",
};

export const writingsOfTokens: Writings = [
  ...atEach(["return []byte"], handedToParser),
  ...atEach(["jwt.encode ", "jwt.decode "], withoutBrackets),
];
